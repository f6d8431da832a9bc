import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { compileTypst } from '@gongkai/render';

const seed = new URL('../../packages/local/documents/seed/', import.meta.url);
const characters = 34;
const lines = 28;

/** The texts of real offices, cut into so many pages, from the beginning again when they run out. */
const pagesOfText = (count: number): string[][] => {
  const paragraphs = readdirSync(seed)
    .sort()
    .flatMap((name) => readFileSync(new URL(name, seed), 'utf8').split(/\r?\n/))
    .map((paragraph) => paragraph.trim().slice(0, characters * 20))
    .filter((paragraph) => paragraph !== '');
  const pages: string[][] = [];
  let page: string[] = [];
  let used = 0;
  for (let at = 0; pages.length < count; at = (at + 1) % paragraphs.length) {
    const paragraph = paragraphs[at] ?? '';
    const needs = Math.ceil((paragraph.length + 2) / characters);
    if (used + needs > lines) {
      pages.push(page);
      page = [];
      used = 0;
    }
    page.push(paragraph);
    used += needs;
  }
  return pages;
};

const source = `
#set page(paper: "a4", margin: (x: 28mm, y: 34mm))
#set text(font: "Noto Serif SC", size: 12pt, lang: "zh")
#set par(justify: true, first-line-indent: (amount: 2em, all: true))
#for one in json("/pages.json") { page({ for line in one { par(line) } }) }
`;

const write = (path: string, pages: readonly (readonly string[])[]): void => {
  const made = compileTypst({
    source,
    files: { '/pages.json': new TextEncoder().encode(JSON.stringify(pages)) },
    createdAt: new Date('2026-01-01T00:00:00.000Z'),
    tagged: false,
  });
  if (!made.ok) throw new Error(JSON.stringify(made.error));
  writeFileSync(path, made.value);
};

/** A PDF of so many full pages of Chinese text; `from` begins at a later page of it. */
export const writeLongDocument = (path: string, pages: number, from = 0): void =>
  write(path, pagesOfText(from + pages).slice(from));

/** As many empty pages of A4. */
export const writeEmptyDocument = (path: string, pages: number): void =>
  write(
    path,
    Array.from({ length: pages }, () => []),
  );
