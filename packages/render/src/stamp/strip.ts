import type { ReleasePlan, StampLine } from '@gongkai/core';
import qrcode from 'qrcode';
import { families } from '../fonts/index.ts';

export type Stamp = NonNullable<ReleasePlan['stamp']>;

/** Height of the strip and its distance from the edge of the paper (printers leave 4 mm white), in points. */
export const STRIP = { height: 34, edge: 12, side: 28 } as const;
/** What a page has to leave free at its head or foot: the strip, its distance, and a little air. */
export const ROOM = STRIP.height + STRIP.edge + 4;

/** A QR code as one SVG path, a run of dark modules a rectangle. Level M: a crumpled notice on a board still scans. */
export const qrPicture = (text: string): string => {
  const { modules } = qrcode.create(text, { errorCorrectionLevel: 'M' });
  const runs: string[] = [];
  for (let y = 0; y < modules.size; y++)
    for (let x = 0; x < modules.size; x++) {
      if (modules.get(y, x) !== 1) continue;
      const start = x;
      while (x + 1 < modules.size && modules.get(y, x + 1) === 1) x++;
      runs.push(`M${start} ${y}h${x + 1 - start}v1h-${x + 1 - start}z`);
    }
  const size = modules.size;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size} ${size}"><path d="${runs.join('')}"/></svg>`;
};

/**
 * The layer as one Typst document, a page each: first the strips (one for every width of page and place), then what
 * the page numbers are put together from (`numberPieces`). All pages of the document share them.
 */
export const stampSource = `
#let data = json("/stamp.json")
#set page(margin: 0pt, fill: none)
#set text(font: data.fonts, size: 6.5pt, fill: luma(25%), lang: "zh", cjk-latin-spacing: none)
#set par(leading: 4.6pt)
#let field(name, value) = box[#text(fill: luma(45%), name)#h(2pt)#value]
#let strip(width, foot) = {
  set page(width: width * 1pt, height: ${STRIP.height}pt)
  place(if foot { top } else { bottom }, line(length: 100%, stroke: 0.4pt + luma(60%)))
  if data.qr { place(right + horizon, dy: if foot { 1.5pt } else { -1.5pt }, image("/qr.svg", width: 29pt)) }
  place(left + horizon, dy: if foot { 1.5pt } else { -1.5pt }, block(width: 100% - 110pt, {
    data.fields.map(((name, value)) => field(name, value)).join(h(9pt, weak: true))
    if data.verify {
      if data.fields.len() > 0 { linebreak() }
      [#if data.qr [扫码或]访问 #data.verifyUrl 核验本件#h(9pt)] + field("核验码", data.code)
    }
  }))
}
#for (i, one) in data.strips.enumerate() { strip(one.width, one.foot) }
#for piece in data.pieces {
  set page(width: auto, height: 9pt)
  align(horizon, piece)
}`;

/** 第 12 页 共 300 页: what stands before the number, what behind it, and every digit that is in one. */
export const numberPieces = (
  pages: number,
): readonly [before: string, after: string, ...digits: string[]] => [
  '第',
  `页 共 ${pages} 页`,
  ...new Set(Array.from({ length: Math.min(pages, 10) }, (_, n) => String((n + 1) % 10))),
];
/** Between the number and the words beside it. */
export const NUMBER_GAP = 1.6;

export type Strip = { readonly width: number; readonly foot: boolean };

export const says = ({ lines }: Stamp, line: StampLine): boolean => lines?.includes(line) ?? true;

export const stampData = (
  stamp: Stamp,
  strips: readonly Strip[],
  pages: number,
): Record<string, Uint8Array> => {
  const { validUntil } = stamp;
  const named: readonly [StampLine, string, string | undefined][] = [
    ['index-number', '索引号', stamp.indexNumber],
    ['office', '发布机构', stamp.office],
    ['published-on', '公开日期', stamp.publishedOn],
    ['valid-until', '有效期至', validUntil],
  ];
  const data = {
    fonts: families('song'),
    fields: named.flatMap(([line, name, value]) =>
      value !== undefined && says(stamp, line) ? [[name, value]] : [],
    ),
    verifyUrl: stamp.verifyUrl,
    code: stamp.code,
    verify: says(stamp, 'verify'),
    qr: stamp.qr ?? true,
    strips,
    pieces: says(stamp, 'page-number') ? numberPieces(pages) : [],
  };
  return {
    '/stamp.json': Buffer.from(JSON.stringify(data)),
    '/qr.svg': Buffer.from(qrPicture(stamp.verifyUrl)),
  };
};
