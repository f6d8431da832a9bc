import { err, ok, type Refusal, type Result, refusal } from '@gongkai/core';
import { families } from '../fonts/index.ts';
import type { Block } from '../text/index.ts';
import { compileTypst } from '../typst/index.ts';

const list = (names: readonly string[]): string => `(${names.map((it) => JSON.stringify(it)).join(', ')},)`;

/**
 * A4 with the margins, sizes and spacing of GB/T 9704-2012 §5 and §7: type area 156 × 225 mm, title 小标宋 二号
 * (22 pt), text 仿宋 三号 (16 pt) at 28 pt a line, 一、 黑体, （一） 楷体, indent of two characters, page numbers
 * `— 1 —` in 四号 (14 pt) 宋. The text comes from /blocks.json and is never read as markup.
 */
const source = (): string => `
#let fang = ${list(families('fang'))}
#let song = ${list(families('song'))}
#let kai = ${list(families('kai'))}
#let hei = ${list(families('hei'))}
#let title-font = ${list(families('xiaobiaosong'))}
#let blocks = json("/blocks.json")
#let wide = blocks.any(it => it.is == "table" and it.columns > 7)
#set document(title: sys.inputs.title)
#set page(
  paper: "a4", flipped: wide,
  margin: if wide { 20mm } else { (top: 37mm, left: 28mm, right: 26mm, bottom: 35mm) },
  footer-descent: 7mm,
  footer: context align(center, text(font: song, size: 14pt)[— #counter(page).get().first() —]),
)
#set text(font: fang, size: 16pt, lang: "zh", region: "cn")
#set par(leading: 12pt, spacing: 12pt, justify: true)
#let run(it) = {
  let styled = text(it.text)
  if it.at("mono", default: false) { styled = text(font: hei, size: 0.9em, styled) }
  if it.at("bold", default: false) { styled = strong(styled) }
  if it.at("italic", default: false) { styled = text(font: kai, styled) }
  styled
}
#let line(runs) = for it in runs { run(it) }
#let table-size(columns) = if columns > 16 { 7pt } else if columns > 10 { 9pt } else { 12pt }
#let show-block(it) = {
  if it.is == "title" {
    set par(justify: false, leading: 16pt)
    heading(level: 1, block(width: 100%, align(center, text(font: title-font, size: 22pt, weight: "bold", line(it.runs)))))
    v(14pt, weak: true)
  } else if it.is == "heading" {
    let font = if it.level == 1 { hei } else if it.level == 2 { kai } else { fang }
    let weight = if it.level >= 3 { "bold" } else { "regular" }
    heading(level: calc.min(it.level + 1, 6), block(pad(left: 2em, text(font: font, size: 16pt, weight: weight, line(it.runs)))))
  } else if it.is == "paragraph" {
    par(first-line-indent: if it.indent { (amount: 2em, all: true) } else { 0pt }, line(it.runs))
  } else if it.is == "list" {
    let items = it.items.map(blocks => for one in blocks { show-block(one) })
    pad(left: 1em, if it.ordered { enum(start: it.start, ..items) } else { list(..items) })
  } else if it.is == "table" {
    set text(font: song, size: table-size(it.columns))
    set par(leading: 0.5em, justify: false)
    let cells = it.cells.map(cell => table.cell(
      colspan: cell.at("across", default: 1), rowspan: cell.at("down", default: 1), line(cell.runs),
    ))
    let head = if it.head { it.columns } else { 0 }
    show table.cell.where(y: 0): set text(weight: if it.head { "bold" } else { "regular" })
    let rest = cells.slice(head)
    table(
      columns: (auto,) * it.columns, inset: 5pt, stroke: 0.5pt,
      ..if it.head { (table.header(..cells.slice(0, head)),) }, ..rest,
    )
  } else if it.is == "quote" {
    pad(left: 2em, for one in it.blocks { show-block(one) })
  } else if it.is == "code" {
    set par(justify: false, leading: 0.5em)
    text(font: hei, size: 11pt, for (i, row) in it.text.split("\\n").enumerate() { if i > 0 { linebreak() }; text(row.replace(" ", "\\u{a0}")) })
    parbreak()
  } else if it.is == "rule" {
    std.line(length: 100%, stroke: 0.5pt)
  }
}
#for it in blocks { show-block(it) }
`;

/** A fixed date: the same text gives the same bytes. The release gets its own date when it is rendered. */
const createdAt = new Date('2000-01-01T00:00:00Z');

/** Text blocks to a PDF. Refuses `no-pages` for an empty text and `glyph-missing` for a character no font has. */
export const typeset = (blocks: readonly Block[], title: string): Result<Uint8Array, Refusal> => {
  if (blocks.length === 0) return err(refusal('no-pages'));
  const files = { '/blocks.json': Buffer.from(JSON.stringify(blocks)) };
  const pdf = compileTypst({ source: source(), inputs: { title }, files, createdAt });
  return pdf.ok ? ok(pdf.value) : pdf;
};
