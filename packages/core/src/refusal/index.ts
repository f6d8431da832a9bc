export { type Refusal, type RefusalCode, refusal, refusalCode } from './refusal.ts';
export { err, ok, type Result } from './result.ts';
export { httpStatus, sentence } from './sentences.ts';
