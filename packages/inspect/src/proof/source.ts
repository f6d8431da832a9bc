import { stat } from 'node:fs/promises';
import { type Box, err, ok, type ProofAsked, type Refusal, type Result, refusal } from '@gongkai/core';
import { overlap, type Rectangle } from '../pdf/geometry.ts';
import type { PageCharacter } from '../pdf/page-characters.ts';
import type { Secret } from './look-for.ts';
import { centre, holds, seePages } from './page-seen.ts';
import { count, plain } from './plain.ts';
import { boxOf } from './unseen-text.ts';

export const unproven = (detail: string): Result<never, Refusal> =>
  err(refusal('redaction-not-proven', { detail }));

/** What nobody asked to be changed is not as it was. */
export const differs = (detailZh: string, detail: string): Result<never, Refusal> =>
  err(refusal('release-differs', { detail, detailZh }));

/** One box of the plan, with the name by which a refusal speaks of it. */
export type Covered = { readonly name: string; readonly rect: Rectangle; readonly label: string };

export const rectangle = ({ x, y, width, height }: Box): Rectangle => ({
  left: x,
  top: y,
  right: x + width,
  bottom: y + height,
});

export const coveredOn = ({ redactions }: ProofAsked): Map<number, Covered[]> => {
  const pages = new Map<number, Covered[]>();
  for (const [index, { boxes, label }] of redactions.entries())
    for (const box of boxes) {
      const name = `redaction ${index + 1} on p. ${box.page}`;
      pages.set(box.page, [...(pages.get(box.page) ?? []), { name, rect: rectangle(box), label }]);
    }
  return pages;
};

export const grown = (box: Rectangle, by: number): Rectangle => ({
  left: box.left - by,
  top: box.top - by,
  right: box.right + by,
  bottom: box.bottom + by,
});

/** What the pages say: under the boxes, and beside them. */
export const readSource = async (
  path: string,
  asked: ProofAsked,
): Promise<
  Result<
    { secrets: Secret[]; kept: Map<number, string>; pages: number; written: Map<number, PageCharacter[]> },
    Refusal
  >
> => {
  const covered = coveredOn(asked);
  const readOn = new Map(asked.recognised?.map(({ page, recognised }) => [page, recognised]));
  const written = new Map<number, PageCharacter[]>();
  const under = new Map<string, string>();
  const kept = new Map<number, string>();
  const seen = await seePages(path, (await stat(path)).size, undefined, ({ page, characters, fields }) => {
    const boxes = covered.get(page) ?? [];
    const drawn = characters.filter(({ object }) => object !== 0);
    written.set(page, drawn);
    // What recognition read in a picture is as much said by the page as what stands there as text.
    const read = (readOn.get(page) ?? [])
      .filter(({ text }) => text.trim() !== '')
      .map((letter) => ({ text: letter.text, box: boxOf(letter), object: -1 }));
    const inked = [...drawn, ...read];
    let rest = '';
    for (const character of inked) {
      const at = centre(character);
      if (!boxes.some(({ rect }) => holds(rect, at))) rest += character.text;
    }
    for (const { box, value } of fields)
      if (!boxes.some(({ rect }) => overlap(rect, box) > 0)) rest += `\n${value}`;
    kept.set(page, plain(rest));
    for (const [index, { boxes: own }] of asked.redactions.entries()) {
      let whole = '';
      for (const [part, box] of own.entries()) {
        if (box.page !== page) continue;
        const beneath = inked.filter((it) => holds(rectangle(box), centre(it)));
        const filled = fields.filter(({ box: field }) => overlap(rectangle(box), field) > 0);
        for (const [nth, { value }] of filled.entries()) under.set(`${index} ${part} field ${nth}`, value);
        const words = beneath.map(({ text }) => text).join('');
        under.set(`${index} ${part}`, words);
        whole += words;
      }
      if (own.length > 1 && whole !== '')
        under.set(`${index} all`, `${under.get(`${index} all`) ?? ''}${whole}`);
    }
  });
  if (!seen.ok) return seen;
  const own = plain(asked.own.join('\n'));
  const everywhere = [...kept.values()].join('\n');
  const secrets = new Map<string, Secret>();
  for (const [key, words] of under) {
    const folded = plain(words);
    if (folded === '' || secrets.has(folded)) continue;
    const index = Number(key.split(' ')[0]);
    const page = asked.redactions[index]?.boxes[0]?.page ?? 1;
    const said = count(own, folded);
    const onPage = (page: number): number => {
      const labels = (covered.get(page) ?? []).reduce(
        (sum, { label }) => sum + count(plain(label), folded),
        0,
      );
      return count(kept.get(page) ?? '', folded) + said + labels;
    };
    secrets.set(folded, {
      name: `redaction ${index + 1} on p. ${page}`,
      words: words.replace(/\s/g, ''),
      folded,
      onPage,
      kept:
        said > 0 ||
        everywhere.includes(folded) ||
        asked.redactions.some(({ label }) => plain(label).includes(folded)),
    });
  }
  return ok({ secrets: [...secrets.values()], kept, pages: seen.value, written });
};
