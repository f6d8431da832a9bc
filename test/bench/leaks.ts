import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { inspectPdf } from '@gongkai/inspect';
import { missingJudges, xRay } from '../leaks/judges.ts';
import { type Leak, secret } from '../leaks/leak.ts';
import { pdfLeaks } from '../leaks/pdf-leaks.ts';
import { hasProgram } from './program.ts';
import type { Table } from './table.ts';

type Told = boolean | undefined;
/** Whether the program's output holds the secret as it stands. */
const says = (program: string, ...args: string[]): Told => {
  const { stdout, status } = spawnSync(program, args, { encoding: 'latin1', maxBuffer: 1 << 26 });
  return status === null ? undefined : stdout.includes(secret);
};

const ours = async ({ caught }: Leak, path: string): Promise<Told> => {
  const seen = await inspectPdf({ path });
  if (!seen.ok) return 'refused' in caught;
  return !('refused' in caught) && seen.value.findings.some(({ rule }) => rule === caught.rule);
};

/** What hides in a PDF and who finds it: the documents of test/leaks, ours beside what people use today. */
export const leaks = async (folder: string): Promise<Table[]> => {
  const paths = pdfLeaks.map((leak, n) => {
    const path = join(folder, `${n}.pdf`);
    writeFileSync(path, leak.leak());
    return path;
  });
  const notes: string[] = [];
  const found: Record<string, readonly Told[]> = {
    gongkai: await Promise.all(pdfLeaks.map((leak, n) => ours(leak, paths[n] ?? ''))),
  };
  if (missingJudges.includes('x-ray')) notes.push('NOT MEASURED: there is no x-ray (.ci/judges-tools).');
  else found['x-ray 0.4.0'] = xRay(paths, folder);
  if (hasProgram('pdftotext'))
    found['the sentence in pdftotext'] = paths.map((path) => says('pdftotext', path, '-'));
  else notes.push('NOT MEASURED: there is no pdftotext on this machine.');
  if (hasProgram('qpdf'))
    found['the sentence in qpdf --qdf'] = paths.map((path) =>
      says('qpdf', '--qdf', '--object-streams=disable', path, '-'),
    );
  else notes.push('NOT MEASURED: there is no qpdf on this machine.');
  notes.push('The last two look for the sentence that is hidden, which nobody knows beforehand.');
  const tools = Object.keys(found);
  return [
    {
      title: `Who finds what ${pdfLeaks.length} PDFs hide`,
      rows: tools.map((tool) => ({ tool, found: found[tool]?.filter(Boolean).length })),
      notes,
    },
    {
      title: 'One by one',
      rows: pdfLeaks.map(({ what }, n) => ({
        what,
        ...Object.fromEntries(tools.map((tool) => [tool, found[tool]?.[n] ? 'yes' : ''])),
      })),
    },
  ];
};
