import { readFile as readBytes, stat } from 'node:fs/promises';
import { err, ok, type ProofAsked, type Refusal, type Result, refusal } from '@gongkai/core';
import { Refused } from '../intake/refused.ts';
import type { Drawing } from '../pdf/drawing.ts';
import type { PageCharacter } from '../pdf/page-characters.ts';
import { type Archive, openArchive, type Part } from '../zip/archive.ts';
import { xmlParser } from '../zip/xml-reader.ts';
import { changedAt } from './boxes.ts';
import { findWordsIn } from './look-for.ts';
import { seePages } from './page-seen.ts';
import { open, type Passage } from './passages.ts';
import { readSource } from './source.ts';

const notTheSame = (detail: string, detailZh: string): Result<never, Refusal> =>
  err(refusal('ofd-not-proven', { detail, detailZh }));

/** The parts and elements of an OFD that is nothing but its pages: no attachment, no earlier version, no program's own data. */
const parts =
  /^(?:OFD\.xml|Doc_0\/(?:Document|PublicRes|DocumentRes)\.xml|Doc_0\/Pages\/Page_\d+\/Content\.xml|Doc_0\/Res\/[a-z]+_\d+\.(?:ttf|otf|png|jpg))$/;
const elements = new Set(
  (
    'OFD DocBody DocInfo DocID Title Author Subject CreationDate Keywords Keyword DocRoot Document CommonData MaxUnitID ' +
    'PageArea PhysicalBox PublicRes DocumentRes Pages Page Res Fonts Font FontFile MultiMedias MultiMedia MediaFile Area ' +
    'Content Layer TextObject PathObject ImageObject FillColor StrokeColor Clips Clip Path AbbreviatedData CGTransform ' +
    'Glyphs TextCode'
  ).split(' '),
);
const described = new Set(['Title', 'Author', 'Subject', 'Keyword']);

/** Letters whatever their order and spacing: two programs copy a table's cells in orders of their own. */
const lettersOf = (text: string): string => [...text.normalize('NFKC').replace(/\s/g, '')].sort().join('');
const lettersOn = (characters: readonly PageCharacter[]): string =>
  lettersOf(
    characters
      .filter(({ object }) => object !== 0)
      .map(({ text }) => text)
      .join(''),
  );

type Said = {
  readonly passages: Passage[];
  readonly bytes: { where: string; bytes: Buffer }[];
  /** The text of each page by its number, drawn or not. */
  readonly texts: Map<number, string>;
  readonly description: string[];
  strange: string | undefined;
};

const local = (name: string): string => name.slice(name.indexOf(':') + 1);

const readPart = async (archive: Archive, part: Part, said: Said): Promise<void> => {
  if (!parts.test(part.name)) {
    said.strange ??= part.name.slice(0, 80);
    return;
  }
  if (!part.name.endsWith('.xml')) {
    const chunks: Buffer[] = [];
    await archive.read(part, (chunk) => chunks.push(chunk));
    said.bytes.push({ where: part.name, bytes: Buffer.concat(chunks) });
    return;
  }
  const page = /Page_(\d+)\//.exec(part.name)?.[1];
  const number = page === undefined ? undefined : Number(page) + 1;
  let [text, shown, aside] = ['', '', ''];
  const parser = xmlParser(part.name, {
    open: (name, attributes) => {
      if (!elements.has(local(name))) said.strange ??= `${part.name}: ${local(name).slice(0, 40)}`;
      aside += `${Object.values(attributes).join('\n')}\n`;
      text = '';
    },
    text: (more) => {
      text += more;
    },
    close: (name) => {
      if (local(name) === 'TextCode') shown += text;
      else aside += `${text}\n`;
      if (described.has(local(name))) said.description.push(text.trim());
      text = '';
    },
  });
  await archive.read(part, parser.take);
  parser.end();
  said.passages.push({ kind: 'aside', where: part.name, text: aside });
  if (number === undefined) {
    if (shown !== '') said.strange ??= `${part.name}: TextCode`;
    return;
  }
  said.texts.set(number, shown);
  said.passages.push({ kind: 'page', where: `p. ${number}`, page: number, text: shown });
};

const readOfd = async (path: string): Promise<Said> => {
  const said: Said = { passages: [], bytes: [], texts: new Map(), description: [], strange: undefined };
  const archive = await openArchive(path);
  try {
    for (const part of archive.parts) await readPart(archive, part, said);
  } finally {
    archive.close();
  }
  return said;
};

/** What the release says of itself. */
const descriptionOf = async (release: Uint8Array): Promise<string> => {
  const document = await open(release);
  return [document.getTitle(), document.getAuthor(), document.getSubject(), document.getKeywords()].join(
    '\n',
  );
};

/** 200 dpi: at less, a page of pixels looks softer than the page that it was made from. */
const scale = 200 / 72;
/** So many pages are held as drawings at once. */
const atOnce = 8;

type Looked = {
  readonly drawing: Drawing;
  readonly letters: string;
  readonly width: number;
  readonly height: number;
};

const comparePages = async (
  release: string,
  drawn: string,
  texts: ReadonlyMap<number, string>,
): Promise<Result<undefined, Refusal>> => {
  const [size, length] = [(await stat(release)).size, (await stat(drawn)).size];
  const [none, pages] = [new Set<number>(), await seePages(release, size, new Set(), () => {})];
  const made = await seePages(drawn, length, none, () => {});
  if (!pages.ok) return pages;
  if (!made.ok) return made;
  if (made.value !== pages.value || texts.size !== pages.value)
    return notTheSame(
      `${made.value} pages instead of ${pages.value}`,
      `${made.value} 页，应为 ${pages.value} 页`,
    );
  for (let from = 1; from <= pages.value; from += atOnce) {
    const wanted = new Set(
      Array.from({ length: atOnce }, (_, i) => from + i).filter((it) => it <= pages.value),
    );
    const before = new Map<number, Looked>();
    const first = await seePages(release, size, wanted, (seen) => {
      const { page, width, height, characters } = seen;
      before.set(page, { drawing: seen.draw(scale), letters: lettersOn(characters), width, height });
    });
    if (!first.ok) return first;
    let failed: Result<never, Refusal> | undefined;
    const second = await seePages(drawn, length, wanted, (seen) => {
      const was = before.get(seen.page);
      if (was === undefined || failed !== undefined) return;
      const zh = `第 ${seen.page} 页`;
      const letters = lettersOn(seen.characters);
      if (letters !== was.letters || lettersOf(texts.get(seen.page) ?? '') !== was.letters)
        failed = notTheSame(`p. ${seen.page}: other text`, `${zh}文字不同`);
      else if (Math.abs(seen.width - was.width) > 0.5 || Math.abs(seen.height - was.height) > 0.5)
        failed = notTheSame(`p. ${seen.page}: another size`, `${zh}页面大小不同`);
      else {
        const place = changedAt([was.drawing], seen.draw(scale), [], []);
        if (place !== undefined)
          failed = notTheSame(
            `p. ${seen.page} looks otherwise ${place.x}, ${place.y} pt from its upper left corner`,
            `${zh}距左上角 ${place.x}、${place.y} 磅处外观不同`,
          );
      }
    });
    if (!second.ok) return second;
    if (failed !== undefined) return failed;
  }
  return ok(undefined);
};

/**
 * That an OFD is its release and nothing besides: it has no part and no element that pages do not need; what it says of
 * itself the release says too; each page has the letters of the release's page, drawn or not, and looks like it, as
 * `drawn` (by the reader with which uploads are read) shows; and what the redactions cover stands in no part of it. Refuses
 * `ofd-not-proven`, with the place.
 */
export const proveOfd = async (job: {
  readonly pages: string;
  readonly release: string;
  readonly ofd: string;
  readonly drawn: string;
  readonly asked: ProofAsked;
}): Promise<Result<undefined, Refusal>> => {
  let said: Said;
  try {
    said = await readOfd(job.ofd);
  } catch (error) {
    if (error instanceof Refused) return notTheSame(error.refusal.code, `文件结构：${error.refusal.code}`);
    throw error;
  }
  if (said.strange !== undefined)
    return notTheSame(`${said.strange} does not belong there`, `多出内容 ${said.strange}`);
  const description = await descriptionOf(await readBytes(job.release));
  if (said.description.some((it) => !description.includes(it)))
    return notTheSame('it says of itself what the PDF does not', '著录信息与 PDF 不同');
  const same = await comparePages(job.release, job.drawn, said.texts);
  if (!same.ok || job.asked.redactions.length === 0) return same;
  const source = await readSource(job.pages, job.asked);
  if (!source.ok) return source;
  const left = findWordsIn(said, source.value.secrets);
  return left === undefined
    ? ok(undefined)
    : notTheSame(
        `what ${left.secret.name} covers still stands: ${left.where}`,
        `${left.where} 仍含已遮盖的内容`,
      );
};
