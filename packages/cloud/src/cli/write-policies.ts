import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parse } from 'yaml';

/**
 * `node write-policies.ts FROM TO`: every policy of FROM as JSON in TO, when a function is built. Reading YAML is a fifth
 * of a cold start (docs/decisions.md); settings.ts reads it where this was not run.
 */
const [from, to] = process.argv.slice(2);
if (from === undefined || to === undefined) throw new Error('write-policies FROM TO');
mkdirSync(to, { recursive: true });
for (const name of readdirSync(from).filter((name) => name.endsWith('.yaml')))
  writeFileSync(
    join(to, `${basename(name, '.yaml')}.json`),
    JSON.stringify(parse(readFileSync(join(from, name), 'utf8'))),
  );
