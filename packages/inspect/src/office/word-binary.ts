import { refuse } from '../intake/refused.ts';
import type { Collected } from './collected.ts';

/** [MS-DOC] 2.5.1: offsets in the file information block of Word 97 and later. */
const fib = { version: 2, flags: 0x0a, countAnnotations: 0x5c, characterPages: 0xfa } as const;
const ENCRYPTED = 0x0100;
const word97 = 0xc1;
const sprm = { deleted: 0x0800, inserted: 0x0801, vanish: 0x083c } as const;

/** Length of an operand from the three top bits of its sprm ([MS-DOC] 2.2.5.1). */
const operandLength = (code: number, next: number): number =>
  [1, 1, 2, 4, 2, 2, next + 1, 3][code >> 13] ?? 1;

type Marks = { deleted: number; inserted: number; vanish: number };

const readProperties = (properties: Buffer, marks: Marks): void => {
  let at = 0;
  while (at + 3 <= properties.length) {
    const code = properties.readUInt16LE(at);
    const on = properties[at + 2] === 1;
    if (on && code === sprm.deleted) marks.deleted += 1;
    if (on && code === sprm.inserted) marks.inserted += 1;
    if (on && code === sprm.vanish) marks.vanish += 1;
    at += 2 + operandLength(code, properties[at + 2] ?? 0);
  }
};

/** The formatted runs of the document: 512-byte pages named by the PlcfBteChpx ([MS-DOC] 2.8.5, 2.9.33). */
const readRuns = (word: Buffer, table: Buffer): Marks => {
  const marks: Marks = { deleted: 0, inserted: 0, vanish: 0 };
  const start = word.readUInt32LE(fib.characterPages);
  const length = word.readUInt32LE(fib.characterPages + 4);
  const count = Math.floor((length - 4) / 8);
  for (let index = 0; index < Math.min(count, 100_000); index++) {
    const place = start + (count + 1) * 4 + index * 4;
    if (place + 4 > table.length) break;
    const page = word.subarray((table.readUInt32LE(place) & 0x3fffff) * 512).subarray(0, 512);
    if (page.length < 512) continue;
    const runs = page[511] ?? 0;
    for (let run = 0; run < runs; run++) {
      const offset = (page[(runs + 1) * 4 + run] ?? 0) * 2;
      if (offset === 0) continue;
      readProperties(page.subarray(offset + 1, offset + 1 + (page[offset] ?? 0)), marks);
    }
  }
  return marks;
};

/** A binary doc: encryption, comments, tracked changes, hidden text, fields that fetch. Which text it is, only a person sees. */
export const readWordStream = (
  collected: Collected,
  word: Buffer,
  stream: (name: string) => Buffer | undefined,
): void => {
  if (word.length < 0x110) refuse('damaged', { detail: 'WordDocument' });
  const flags = word.readUInt16LE(fib.flags);
  if ((flags & ENCRYPTED) !== 0) refuse('encrypted');
  if (word.readUInt16LE(fib.version) < word97) return; // Word 6 and 95 keep these things elsewhere
  const part = 'WordDocument';
  const say = (
    kind: 'comment' | 'tracked-change' | 'hidden-text',
    severity: 'high' | 'medium',
    text: string,
  ): void => collected.add({ kind, severity, rule: `doc-${kind}`, text, part });
  const annotations = word.readInt32LE(fib.countAnnotations);
  if (annotations > 0) say('comment', 'medium', `${annotations} characters of comments`);
  const table = stream((flags & 0x0200) !== 0 ? '1Table' : '0Table');
  if (table) {
    const { deleted, inserted, vanish } = readRuns(word, table);
    if (deleted + inserted > 0) say('tracked-change', 'high', `deleted: ${deleted}, inserted: ${inserted}`);
    if (vanish > 0) say('hidden-text', 'high', `${vanish} runs`);
  }
  const field = /\u0013\s*(INCLUDETEXT|INCLUDEPICTURE|DDEAUTO|DDE|LINK)\s[^\u0014\u0015]{0,200}/i;
  const found = field.exec(word.toString('latin1')) ?? field.exec(word.toString('utf16le'));
  if (found) refuse('external-reference', { part, target: found[0].slice(1, 120).trim() });
};
