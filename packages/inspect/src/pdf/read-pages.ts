import {
  err,
  ok,
  type ReadLetter,
  type RecognisedPage,
  type Refusal,
  type Result,
  refusal,
} from '@gongkai/core';
import { discardEngine, type Engine, engine, withDocument } from './engine.ts';
import { displayMatrix } from './geometry.ts';
import { type PageCharacter, readCharacters } from './page-characters.ts';
import { findEnds } from './revisions.ts';

export type PageCharacters = {
  readonly page: number;
  readonly width: number;
  readonly height: number;
  readonly characters: readonly PageCharacter[];
};

const readFromPictures = (recognised: readonly ReadLetter[] = []): PageCharacter[] =>
  recognised.map(({ text, x, y, width, height }) => ({
    text,
    box: { left: x, top: y, right: x + width, bottom: y + height },
    // No text object draws it; a gap between words or lines has no ink.
    object: text.trim() === '' ? 0 : -1,
  }));

/** Page by page what is written there, in text and in pictures that were read before, until `look` says that it has seen enough; of all pages, or of those that are `wanted`. Refuses as `inspectPdf`. */
export const readPages = async (
  path: string,
  from: number,
  recognised: readonly RecognisedPage[],
  look: (page: PageCharacters, open: { readonly engine: Engine; readonly handle: number }) => 'on' | 'enough',
  wanted?: ReadonlySet<number>,
): Promise<Result<void, Refusal>> => {
  const ends = await findEnds(path);
  const running = await engine();
  try {
    const opened = withDocument(running, path, ends.size, ({ handle }) => {
      const { api } = running;
      const count = api.FPDF_GetPageCount(handle);
      for (let number = from; number <= count; number += 1) {
        if (wanted !== undefined && !wanted.has(number)) continue;
        const page = api.FPDF_LoadPage(handle, number - 1);
        if (page === 0) return err(refusal('inspection-failed', { detail: `page ${number}` }));
        try {
          const width = api.FPDF_GetPageWidthF(page);
          const height = api.FPDF_GetPageHeightF(page);
          const read = recognised.find(({ page: own }) => own === number)?.recognised;
          const characters = [
            ...readCharacters(running, page, displayMatrix(running, page, width, height)),
            ...readFromPictures(read),
          ];
          const open = { engine: running, handle: page };
          if (look({ page: number, width, height, characters }, open) === 'enough') break;
        } finally {
          api.FPDF_ClosePage(page);
        }
      }
      return ok(undefined);
    });
    if (!opened.ok)
      return err(opened.error === 'password' ? refusal('encrypted') : refusal('damaged', { detail: 'PDF' }));
    return opened.value;
  } catch (error) {
    // As in `inspectPdf`: an abort inside WebAssembly is the file's fault, and the instance is spent.
    if (!(error instanceof Error) || error.name !== 'RuntimeError') throw error;
    discardEngine();
    return err(refusal('inspection-failed', { detail: error.message.slice(0, 120) }));
  }
};
