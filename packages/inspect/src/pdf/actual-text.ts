import type { Finding } from '@gongkai/core';
import { makeFinding } from '../finding.ts';
import { apart, letters } from '../text/letters.ts';
import { type Engine, readUtf16 } from './engine.ts';
import type { Matrix } from './geometry.ts';
import { type PageCharacter, readCharacters } from './page-characters.ts';

/** Every piece of a tagged text has a mark: the name is written into pdfium's memory once, not at each question. */
const names = new WeakMap<Engine, number>();
const hasReplacement = (engine: Engine, mark: number): boolean => {
  const { runtime } = engine;
  let name = names.get(engine);
  if (name === undefined) {
    const text = Buffer.from('ActualText\0');
    name = runtime.wasmExports.malloc(text.length);
    runtime.HEAPU8.set(text, name);
    names.set(engine, name);
  }
  return runtime.wasmExports.FPDFPageObjMark_GetParamValueType(mark, name) !== 0;
};

/** The replacement text of a mark around a text object, if it has one. */
const replacement = (engine: Engine, mark: number): string => {
  const { api, runtime, scratch } = engine;
  if (!hasReplacement(engine, mark)) return '';
  const call = (buffer: number, bytes: number): number => {
    api.FPDFPageObjMark_GetParamStringValue(mark, 'ActualText', buffer, bytes, scratch);
    return runtime.HEAPU32[scratch >> 2] ?? 0;
  };
  return readUtf16(engine, call, 10_000);
};

export type Replaced = {
  /** What is really drawn, letter by letter. */
  readonly drawn: readonly PageCharacter[];
  readonly said: readonly string[];
};

/**
 * A text object may say of itself that it reads otherwise than it looks (/ActualText; bad-inputs row 42). pdfium, copying
 * and search then take its word. Here the marks are taken off (in memory) and the page is read again as it is drawn.
 * Undefined when no object says so, as on nearly every page.
 */
export const readReplaced = (
  engine: Engine,
  page: number,
  display: Matrix,
  texts: Iterable<number>,
): Replaced | undefined => {
  const { api } = engine;
  const said: string[] = [];
  for (const object of texts) {
    for (let index = api.FPDFPageObj_CountMarks(object) - 1; index >= 0; index--) {
      const mark = api.FPDFPageObj_GetMark(object, index);
      const text = mark === 0 ? '' : replacement(engine, mark);
      if (text === '') continue;
      said.push(text);
      api.FPDFPageObj_RemoveMark(object, mark);
    }
  }
  return said.length === 0 ? undefined : { drawn: readCharacters(engine, page, display), said };
};

/** Where what is said is not what is drawn. */
export const actualText = ({ drawn, said }: Replaced, page: number): Finding[] => {
  const seen = letters(drawn.map(({ text }) => text).join(''));
  const other = [...new Set(said)].filter((text) => {
    const own = letters(text);
    return own.length > 1 && !seen.includes(own);
  });
  return apart(other).map((text) =>
    makeFinding({
      kind: 'hidden-text',
      severity: 'high',
      rule: 'pdf-actual-text',
      sure: 0.9,
      text,
      part: `page ${page} ActualText`,
      why: {
        zh: '文字所声明的替代内容与看到的不同：复制、检索得到的是另一段文字。',
        en: 'Text says of itself that it reads otherwise than it looks: copying and search give another text.',
      },
    }),
  );
};
