export { err, ok, type Result } from './result.ts';
export { type Refusal, type RefusalCode, refusalCode, refusal } from './refusal.ts';
export { httpStatus, sentence } from './sentences.ts';
