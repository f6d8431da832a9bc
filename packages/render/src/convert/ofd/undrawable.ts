import { type Refusal, type RefusalCode, refusal } from '@gongkai/core';

/** A refusal on its way out of nested objects. It never leaves this folder: `ofdToPdf` turns it into a value. */
export class Undrawable extends Error {
  readonly refusal: Refusal;

  constructor(code: RefusalCode, details?: Refusal['details']) {
    super(code);
    this.name = 'Undrawable';
    this.refusal = refusal(code, details);
  }
}

export const damaged = (detail: string): never => {
  throw new Undrawable('damaged', { detail: `OFD: ${detail}`.slice(0, 200) });
};
