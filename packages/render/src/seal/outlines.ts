import type { Refusal, ReleasePlan, Result } from '@gongkai/core';
import { families } from '../fonts/index.ts';
import { outlinedPage } from '../typst/index.ts';

export type Seal = NonNullable<ReleasePlan['seal']>;

/** The seal's own page is a square of so many points; it is laid at whatever size the policy says. */
export const SIDE = 119;

/**
 * Pure in the red channel: ink of this colour, laid with Multiply, changes nothing there. So whoever reads the red channel
 * (recognition, the gate's proof) sees the page as it was.
 */
const RED = '#ff1f1f';

/**
 * Ring, emblem, the name on the arc from left to right and the code below, 宋体 as seals are cut. Letters keep their height
 * and become narrow when there are many of them.
 */
const source = `
#let data = json("/seal.json")
#set page(width: ${SIDE}pt, height: ${SIDE}pt, margin: 0pt, fill: none)
#set text(font: data.fonts, fill: rgb("${RED}"), weight: "bold", lang: "zh")
#let side = ${SIDE}pt
#let ring = 3.2pt
#place(center + horizon, circle(radius: side / 2 - ring / 2, stroke: ring + rgb("${RED}")))
#let letter(character, angle, radius, size, narrow, inward) = {
  // Angles clockwise from the top.
  let turn = if inward { angle + 180deg } else { angle }
  place(center + horizon, dx: radius * calc.sin(angle), dy: -radius * calc.cos(angle), rotate(turn,
    scale(x: narrow * 100%, box(width: size, height: size, align(center + horizon,
      text(size: size, top-edge: 0.88em, bottom-edge: -0.12em, character))))))
}
#let name = data.name.clusters()
#let count = name.len()
#let size = if count <= 16 { 15.5pt } else { 13pt }
#let radius = side / 2 - ring - 2.6pt - size / 2
#let step = calc.min(26deg, 258deg / calc.max(1, count - 1))
#let width = (radius - size / 2) * step.rad()
#let narrow = calc.min(1, calc.max(0.4, width / size))
#for (i, character) in name.enumerate() {
  letter(character, (i - (count - 1) / 2) * step, radius, size, narrow, false)
}
#if data.code != none {
  let digits = data.code.clusters()
  let size = 6pt
  let radius = side / 2 - ring - 2.4pt - size / 2
  let step = 5.2deg
  for (i, digit) in digits.enumerate() {
    letter(digit, 180deg - (i - (digits.len() - 1) / 2) * step, radius, size, 1, true)
  }
}
#if data.emblem == "star" {
  let points = range(10).map(i => {
    let radius = if calc.even(i) { 19.5pt } else { 19.5pt * 0.381966 }
    (side / 2 + radius * calc.sin(i * 36deg), side / 2 - radius * calc.cos(i * 36deg))
  })
  place(top + left, polygon(fill: rgb("${RED}"), ..points))
} else if data.emblem == "own" {
  place(center + horizon, image("/emblem.svg", width: 40pt, height: 40pt))
}`;

/** The seal as a PDF page of drawing alone, without text. Refuses `glyph-missing`. */
export const sealPage = (seal: Omit<Seal, 'impressions'>, createdAt: Date): Result<Uint8Array, Refusal> => {
  const { emblem } = seal;
  const files: Record<string, Uint8Array> = {
    '/seal.json': Buffer.from(
      JSON.stringify({
        fonts: families('song'),
        name: seal.name,
        code: seal.code ?? null,
        emblem: typeof emblem === 'string' ? emblem : 'own',
      }),
    ),
  };
  if (typeof emblem !== 'string')
    files['/emblem.svg'] = Buffer.from(
      `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${emblem.size} ${emblem.size}"><path fill="${RED}" d="${emblem.path}"/></svg>`,
    );
  return outlinedPage({ source, files, createdAt }, SIDE);
};
