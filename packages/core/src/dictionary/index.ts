export {
  type AllowableKind,
  type Allowance,
  allow,
  allowableKind,
  allowance,
  type Dictionary,
  dictionaryLimits,
  noWords,
  type OfficeWord,
  type OfficeWords,
  officeWord,
  plainWord,
  sameValue,
  wordsOf,
} from './dictionary.ts';
export { type Trial, type TrialHit, trial, trialHit } from './trial.ts';
