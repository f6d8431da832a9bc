import { inflateRawSync } from 'node:zlib';
import { type HandMadePart, handMadeZip } from '../../packages/inspect/src/zip/hand-made-zip.ts';
import type { Dice } from './dice.ts';

/** Ways to break a file. Each takes the whole and gives a whole; what does not fit gives it back as it was. */
type Break = (bytes: Buffer, dice: Dice) => Buffer;

const place = (bytes: Buffer, dice: Dice): number => dice.below(Math.max(1, bytes.length));
const pieceOf = (bytes: Buffer, dice: Dice): Buffer => {
  const from = place(bytes, dice);
  return bytes.subarray(from, from + 1 + dice.below(Math.min(4096, bytes.length)));
};

const flip: Break = (bytes, dice) => {
  const broken = Buffer.from(bytes);
  for (let n = dice.of([1, 4, 32, 256]); n > 0; n -= 1) {
    const at = place(broken, dice);
    broken[at] = (broken[at] ?? 0) ^ (1 << dice.below(8));
  }
  return broken;
};
const extreme: Break = (bytes, dice) => {
  const broken = Buffer.from(bytes);
  const at = dice.below(Math.max(1, broken.length - 4));
  if (broken.length >= 4)
    broken.writeUInt32LE(dice.of([0, 1, 0x7fffffff, 0x80000000, 0xffffffff, 0xffff]), at);
  return broken;
};
const cut: Break = (bytes, dice) => bytes.subarray(0, place(bytes, dice));
const takeOut: Break = (bytes, dice) => {
  const from = place(bytes, dice);
  return Buffer.concat([bytes.subarray(0, from), bytes.subarray(from + 1 + dice.below(2000))]);
};
const again: Break = (bytes, dice) => {
  const at = place(bytes, dice);
  const piece = pieceOf(bytes, dice);
  const times = dice.of([1, 2, 50]);
  return Buffer.concat([
    bytes.subarray(0, at),
    ...Array.from({ length: times }, () => piece),
    bytes.subarray(at),
  ]);
};
const over: Break = (bytes, dice) => {
  const broken = Buffer.from(bytes);
  pieceOf(bytes, dice).copy(broken, place(bytes, dice));
  return broken;
};

/** One match of what is written in the file is written otherwise. */
const rewrite =
  (pattern: RegExp, otherwise: (match: string, dice: Dice) => string): Break =>
  (bytes, dice) => {
    const text = bytes.toString('latin1');
    const matches = [...text.matchAll(pattern)];
    const chosen = matches[dice.below(Math.max(1, matches.length))];
    if (chosen === undefined) return bytes;
    const end = chosen.index + chosen[0].length;
    return Buffer.from(text.slice(0, chosen.index) + otherwise(chosen[0], dice) + text.slice(end), 'latin1');
  };

const numbers = [
  '0',
  '-1',
  '2147483647',
  '-2147483648',
  '4294967296',
  '99999999999999999999',
  '0.00000001',
  '1e99',
] as const;
const pdfBreaks: readonly [Break, ...Break[]] = [
  rewrite(/\b\d+\b/g, (_, dice) => dice.of(numbers)),
  rewrite(/\b\d+ 0 R\b/g, (_, dice) => `${dice.below(40)} 0 R`),
  rewrite(/\/[A-Z]\w+/g, (_, dice) =>
    dice.of([
      '/Pages',
      '/Page',
      '/Kids',
      '/XObject',
      '/Form',
      '/Image',
      '/FlateDecode',
      '/Length',
      '/Filter',
      '/Parent',
      '/Annots',
    ]),
  ),
  rewrite(/<<|>>|\[|\]/g, (found, dice) => dice.of(['', found.repeat(2), found.repeat(700)])),
  rewrite(/stream\r?\n|endstream|endobj|xref|trailer|startxref/g, () => ''),
  rewrite(/\d+ 0 obj[\s\S]{0,2000}?endobj/g, (object, dice) => object.repeat(dice.of([2, 30]))),
];

const xmlBreaks: readonly [Break, ...Break[]] = [
  rewrite(/<[^<>]{1,200}>/g, (tag, dice) => tag.repeat(dice.of([2, 250, 5000]))),
  rewrite(/<\/[^<>]+>/g, () => ''),
  rewrite(
    /"[^"]{0,80}"/g,
    (_, dice) =>
      `"${dice.of(['', '-1', '99999999999', 'file:///etc/passwd', '\\\\h\\s', 'A'.repeat(70_000), '&x;', '\u0000'])}"`,
  ),
  rewrite(
    />[^<>]{1,60}</g,
    (_, dice) => `>${dice.of(['', '99999999999999999999', '\u202e', '&#0;', '&a;', 'x'.repeat(200_000)])}<`,
  ),
  rewrite(/^/g, (_, dice) =>
    dice.of(['<!DOCTYPE a [<!ENTITY a "b">]>', '\ufeff', '<?xml version="1.0" encoding="UTF-7"?>', '<a>']),
  ),
];

type Part = { readonly name: string; readonly body: Buffer };
/** By the local headers, as far as they can be read: good enough for files that are whole. */
const partsOf = (zip: Buffer): readonly Part[] => {
  const parts: Part[] = [];
  let at = zip.indexOf('PK\x01\x02', 0, 'latin1');
  while (at >= 0 && at + 46 <= zip.length && zip.readUInt32LE(at) === 0x02014b50) {
    const [method, packed] = [zip.readUInt16LE(at + 10), zip.readUInt32LE(at + 20)];
    const [name, extra, comment] = [
      zip.readUInt16LE(at + 28),
      zip.readUInt16LE(at + 30),
      zip.readUInt16LE(at + 32),
    ];
    const local = zip.readUInt32LE(at + 42);
    const from = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
    const data = zip.subarray(from, from + packed);
    parts.push({
      name: zip.toString('utf8', at + 46, at + 46 + name),
      body: method === 0 ? data : inflateRawSync(data),
    });
    at += 46 + name + extra + comment;
  }
  return parts;
};

const lies: readonly [
  (part: Part, dice: Dice) => HandMadePart,
  ...((part: Part, dice: Dice) => HandMadePart)[],
] = [
  ({ name, body }, dice) => ({ name, body, declaredSize: dice.of([0, 1, body.length + 1, 0xfffffffe]) }),
  ({ name, body }) => ({ name, body, crc: 7 }),
  ({ name, body }) => ({ name, body, localName: `${name}x` }),
  ({ name, body }, dice) => ({
    name: dice.of(['../x', '/x', 'A'.repeat(3000), '', 'word/document.xml', '\u0000', name.toUpperCase()]),
    body,
  }),
  ({ name, body }, dice) => ({ name, body, attributes: dice.below(2 ** 32) }),
];

/** A package whose parts are broken from within, or whose directory lies. */
const packageBreak: Break = (bytes, dice) => {
  let parts: readonly Part[];
  try {
    parts = partsOf(bytes);
  } catch {
    return flip(bytes, dice);
  }
  const chosen = dice.below(Math.max(1, parts.length));
  const lie = dice.below(3) === 0 ? dice.of(lies) : undefined;
  return handMadeZip(
    parts.flatMap((part, at): HandMadePart[] => {
      if (at !== chosen) return [part];
      if (lie) return [lie(part, dice)];
      if (dice.below(8) === 0) return dice.of([[], [part, part]]);
      const body = dice.of(/\.(xml|rels)$/.test(part.name) ? xmlBreaks : byteBreaks)(part.body, dice);
      return [{ name: part.name, body }];
    }),
  );
};

const byteBreaks: readonly [Break, ...Break[]] = [flip, extreme, cut, takeOut, again, over];

/** The file, broken one to three times, each time in a way that its kind has. */
export const broken = (bytes: Buffer, dice: Dice): Buffer => {
  const start = bytes.toString('latin1', 0, 4);
  const own: Break | undefined =
    start === '%PDF'
      ? (now, cast) => cast.of(pdfBreaks)(now, cast)
      : start === 'PK\x03\x04'
        ? packageBreak
        : /^[<{]/.test(start)
          ? (now, cast) => cast.of(xmlBreaks)(now, cast)
          : undefined;
  let now = bytes;
  for (let n = 1 + dice.below(3); n > 0; n -= 1)
    now = own !== undefined && dice.below(3) > 0 ? own(now, dice) : dice.of(byteBreaks)(now, dice);
  return now;
};
