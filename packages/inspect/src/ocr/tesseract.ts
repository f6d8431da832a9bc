import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import * as z from 'zod';

/**
 * 文字识别: Tesseract as WebAssembly, with the small `best_int` models out of npm: nothing is fetched (design.md, Choices).
 * tesseract.js itself is not used: it starts threads and fetches, and all that is needed of it is a handful of calls.
 */
type Core = {
  readonly FS: { writeFile(path: string, bytes: Uint8Array): void };
  readonly TessBaseAPI: new () => Api;
};
type Api = {
  Init(path: null, languages: string, mode: number, configuration: string): number;
  SetVariable(name: string, value: string): boolean;
  SetImageFile(orientation: number, angle: number): number;
  Recognize(monitor: null): number;
  GetJSONText(): string;
  Clear(): void;
};

const lstmOnly = 1;
const box = z.object({ x0: z.number(), y0: z.number(), x1: z.number(), y1: z.number() });
const symbol = z.object({ text: z.string(), bbox: box });
const word = z.object({ text: z.string(), confidence: z.number(), symbols: z.array(symbol) });
const told = z.object({
  blocks: z
    .array(
      z.object({
        paragraphs: z.array(z.object({ lines: z.array(z.object({ words: z.array(word) })) })),
      }),
    )
    .nullable(),
});
export type Language = 'chi_sim' | 'chi_tra';

/** A character as it was read: where its ink is, in pixels, and how sure (0 to 1) the word around it is. */
export type Letter = {
  readonly text: string;
  readonly sure: number;
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
};
/** Words in reading order, a line each. */
export type Line = readonly (readonly Letter[])[];

export type Reader = (picture: Grey) => readonly Line[];
/** One byte a pixel, row by row. */
export type Grey = { readonly width: number; readonly height: number; readonly pixels: Uint8Array };

const require = createRequire(import.meta.url);
const modelOf = (language: Language): string =>
  require.resolve(`@tesseract.js-data/${language}/4.0.0_best_int/${language}.traineddata.gz`);

const start = async (language: Language): Promise<Reader> => {
  const load = require('tesseract.js-core/tesseract-core-simd-lstm') as (options: object) => Promise<Core>;
  const silent = (): void => undefined;
  const core = await load({ TesseractProgress: silent, print: silent, printErr: silent });
  const data = modelOf(language);
  core.FS.writeFile(`./${language}.traineddata`, await promisify(gunzip)(await readFile(data)));
  const api = new core.TessBaseAPI();
  if (api.Init(null, language, lstmOnly, '') !== 0) throw new Error(`tesseract does not start: ${language}`);
  return ({ width, height, pixels }) => {
    core.FS.writeFile('/input', Buffer.concat([Buffer.from(`P5\n${width} ${height}\n255\n`), pixels]));
    if (api.SetImageFile(1, 0) !== 0) throw new Error('tesseract does not take the picture');
    api.SetVariable('user_defined_dpi', '200');
    if (api.Recognize(null) !== 0) throw new Error('tesseract gave up');
    const { blocks } = told.parse(JSON.parse(api.GetJSONText()));
    api.Clear();
    return (blocks ?? []).flatMap(({ paragraphs }) =>
      paragraphs.flatMap(({ lines }) =>
        lines.map(({ words }) =>
          words.map(({ symbols, confidence }) =>
            symbols.map(({ text, bbox }) => ({
              text,
              sure: confidence / 100,
              left: bbox.x0,
              top: bbox.y0,
              right: bbox.x1,
              bottom: bbox.y1,
            })),
          ),
        ),
      ),
    );
  };
};

const started = new Map<Language, Promise<Reader>>();

/** The reader of this process for a language, started at the first call (0.4 s). */
export const reader = (language: Language): Promise<Reader> => {
  const known = started.get(language) ?? start(language);
  started.set(language, known);
  return known;
};
