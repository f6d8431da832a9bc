import { existsSync } from 'node:fs';
import { basename } from 'node:path';
import { type Finding, noWords, type Refusal, type RefusalCode, sentence } from '@gongkai/core';
import type { Machines } from '../machines/index.ts';
import { type Command, WrongUse } from './command.ts';
import { withLooseFiles } from './loose-files.ts';

type Report = {
  file: string;
  outcome: 'clean' | 'findings' | 'refused' | 'unreadable';
  reason?: string;
  sentence?: { zh: string; en: string };
  type?: string;
  pages?: number;
  findings: readonly Finding[];
};

/** Refusals that say "this cannot be read" rather than "this may not come in". */
const unreadable: ReadonlySet<RefusalCode> = new Set([
  'damaged',
  'truncated',
  'conversion-failed',
  'no-pages',
  'out-of-time',
  'out-of-memory',
  'inspection-failed',
  'text-encoding',
]);

/** Here nothing was uploaded, so nothing was destroyed and nobody was told: the person has to do it. */
const notHere = (mark: string) => ({
  zh: `文件带有国家秘密标志（${mark}）。不得在非涉密计算机上存储、处理，更不得公开。本次检查没有保存任何内容；请立即按保密规定处置这份文件。`,
  en: `The document bears a state-secret marking (${mark}). It may not be on an unclassified machine, let alone be published. This inspection kept nothing; handle the file by the secrecy rules at once.`,
});

const no = (file: string, refusal: Refusal): Report => ({
  file,
  outcome: unreadable.has(refusal.code) ? 'unreadable' : 'refused',
  reason: refusal.code,
  sentence:
    refusal.code === 'state-secret' ? notHere(String(refusal.details?.mark ?? '')) : sentence(refusal),
  findings: [],
});

const inspectOne = async (
  machines: Machines,
  path: string,
  put: (path: string) => ReturnType<Parameters<Parameters<typeof withLooseFiles>[0]>[1]>,
): Promise<Report> => {
  const blob = await put(path);
  const examined = await machines.inspector.examine(blob, basename(path), noWords);
  if (!examined.ok) return no(path, examined.error);
  const converted = await machines.converter.convert(blob, examined.value.type, basename(path));
  if (!converted.ok) return no(path, converted.error);
  const inspected = await machines.inspector.inspect(converted.value.pdf, noWords, examined.value.type);
  if (!inspected.ok) return no(path, inspected.error);
  const name = await machines.inspector.inspectText(basename(path), 'file name', noWords);
  const findings = [...examined.value.findings, ...name, ...inspected.value.findings];
  const secret = findings.find(({ severity }) => severity === 'stop');
  if (secret)
    return { ...no(path, { code: 'state-secret', details: { mark: secret.text } }), findings: [secret] };
  return {
    file: path,
    outcome: findings.length === 0 ? 'clean' : 'findings',
    type: examined.value.type,
    pages: converted.value.pages,
    findings,
  };
};

const line = ({ severity, kind, text, boxes, part, why }: Finding): string =>
  `    ${severity.padEnd(6)} ${kind.padEnd(18)} ${boxes[0] ? `p.${boxes[0].page}` : (part ?? '')}  ${text.slice(0, 60).replaceAll('\n', ' ')}  ${why.zh}`;

export const inspect: Command = {
  name: 'inspect',
  usage: 'inspect FILE…',
  zh: '检查文件里有没有不该公开的内容（不保存任何东西）',
  en: 'looks for what must not be published (keeps nothing)',
  run: async (given) => {
    if (given.words.length === 0) throw new WrongUse('FILE…');
    for (const path of given.words)
      if (!existsSync(path)) throw new WrongUse(`${path}: 没有这个文件 / no such file`);
    const reports = await withLooseFiles(async (machines, put) => {
      const done: Report[] = [];
      for (const path of given.words) done.push(await inspectOne(machines, path, put));
      return done;
    });
    given.say(
      { ok: reports.every(({ outcome }) => outcome === 'clean' || outcome === 'findings'), files: reports },
      reports.flatMap((report) => [
        `${report.outcome.padEnd(10)} ${report.file}${report.pages === undefined ? '' : `  (${report.type}, ${report.pages} 页/pages)`}`,
        ...(report.sentence ? [`    ${report.sentence.zh}`, `    ${report.sentence.en}`] : []),
        ...report.findings.map(line),
      ]),
    );
    return reports.some(({ outcome }) => outcome === 'refused' || outcome === 'unreadable') ? 1 : 0;
  },
};
