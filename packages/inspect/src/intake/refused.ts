import { type Refusal, type RefusalCode, refusal } from '@gongkai/core';

/**
 * A refusal on its way out of nested streams and parser callbacks, where no value can be returned. It never
 * leaves this package: `examine` turns it into a value.
 */
export class Refused extends Error {
  readonly refusal: Refusal;

  constructor(code: RefusalCode, details?: Refusal['details']) {
    super(code);
    this.name = 'Refused';
    this.refusal = refusal(code, details);
  }
}

export const refuse = (code: RefusalCode, details?: Refusal['details']): never => {
  throw new Refused(code, details);
};
