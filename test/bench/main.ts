/**
 * How fast this machine does the product's work: `npm run bench`, `npm run bench -- search render`,
 * `npm run bench -- --json`. Not a timed test: it measures, prints tables with ratios, and judges nothing.
 */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { cpus, loadavg, totalmem } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { aws } from './aws.ts';
import { binding } from './binding.ts';
import { catalogue } from './catalogue.ts';
import { converting } from './converting.ts';
import { inspecting } from './inspecting.ts';
import { leaks } from './leaks.ts';
import { reading } from './reading.ts';
import { rendering } from './rendering.ts';
import { searching } from './searching.ts';
import { snapshots } from './snapshot.ts';
import { stations } from './stations.ts';
import { markdown, type Table } from './table.ts';

const parts: Readonly<Record<string, (folder: string) => Promise<Table[]>>> = {
  stations,
  render: rendering,
  binding,
  search: searching,
  'search-snapshot': snapshots,
  catalogue,
  inspect: inspecting,
  leaks,
  ocr: reading,
  convert: converting,
  aws,
};

const given = process.argv.slice(2);
const json = given.includes('--json');
const names = given.filter((word) => word !== '--json');
const unknown = names.filter((name) => parts[name] === undefined);
if (unknown.length > 0) {
  console.error(`${unknown.join(' ')}? npm run bench -- [${Object.keys(parts).join('|')}]… [--json]`);
  process.exit(2);
}

const machine = {
  cpu: cpus()[0]?.model.trim() ?? '',
  cores: cpus().length,
  memoryGb: Math.round(totalmem() / 2 ** 30),
  node: process.version,
  /** Of the last minute, before anything was measured: with much above 0 others were at work, too. */
  load: Math.round((loadavg()[0] ?? 0) * 10) / 10,
};

// Not in /tmp, which is often memory and would flatter the disk.
const room = fileURLToPath(new URL('../../node_modules/.cache', import.meta.url));
mkdirSync(room, { recursive: true });

const measured: { part: string; seconds: number; failed?: string; tables: readonly Table[] }[] = [];
for (const [part, measure] of Object.entries(parts)) {
  if (names.length > 0 && !names.includes(part)) continue;
  process.stderr.write(`${part} …`);
  const folder = mkdtempSync(join(room, 'bench-'));
  const started = performance.now();
  const seconds = (): number => Math.round((performance.now() - started) / 100) / 10;
  try {
    const tables = await measure(folder);
    measured.push({ part, seconds: seconds(), tables });
  } catch (cause) {
    const failed = cause instanceof Error ? (cause.stack ?? cause.message) : String(cause);
    measured.push({ part, seconds: seconds(), failed, tables: [] });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  process.stderr.write(` ${seconds()} s\n`);
}

if (json) console.log(JSON.stringify({ machine, measured }, null, 1));
else {
  console.log(
    `\n## Bench: ${machine.cores} × ${machine.cpu}, ${machine.memoryGb} GB, Node ${machine.node}, load ${machine.load} at the start\n`,
  );
  for (const { part, seconds, failed, tables } of measured) {
    for (const table of tables) console.log(markdown(table));
    console.log(
      failed === undefined
        ? `(${part}: ${seconds} s)\n`
        : `**${part} failed after ${seconds} s**: ${failed}\n`,
    );
  }
}
process.exit(measured.some(({ failed }) => failed !== undefined) ? 1 : 0);
