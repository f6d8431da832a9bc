import { ok, type Refusal, type Result } from '@gongkai/core';
import { PDFDocument } from 'pdf-lib';
import { loading, saving } from '../in-one-go.ts';
import { layWatermark } from '../stamp/index.ts';

/**
 * 预览: pale words over every page of a release that nobody has approved, so that it is taken for none. They go on last,
 * after every check of what is below; so pale that the console, which lights up what differs from the converted page, looks
 * through them. Below the middle, where a watermark of the release itself stands.
 */
export const watermark = async (pdf: Uint8Array, createdAt: Date): Promise<Result<Uint8Array, Refusal>> => {
  const document = await PDFDocument.load(pdf, loading);
  const mark = { words: '预览 未经批准', ink: 'grey', lower: 0.25 } as const;
  const laid = await layWatermark(document, pdf, mark, createdAt);
  if (!laid.ok) return laid;
  return ok(await document.save({ ...saving, updateFieldAppearances: false, addDefaultPage: false }));
};
