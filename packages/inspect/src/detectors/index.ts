import { bankCard } from './bank-card.ts';
import { creditCode } from './credit-code.ts';
import { declassifiedMark } from './declassified-mark.ts';
import type { Detector } from './detector.ts';
import { email } from './email.ts';
import { internalMark } from './internal-mark.ts';
import { landline } from './landline.ts';
import { licencePlate } from './licence-plate.ts';
import { mobile } from './mobile.ts';
import { nameWithAddress } from './name-with-address.ts';
import { passport } from './passport.ts';
import { residentId } from './resident-id.ts';
import { secrecyProse } from './secrecy-prose.ts';
import { stateSecretMark } from './state-secret-mark.ts';

export type { Detector, Match } from './detector.ts';

/**
 * Every text detector. To add one: a file, its test, a line here.
 *
 * The order decides whose a number is: 3 % of resident IDs also pass the credit code's check digit, and an ID
 * is as long as some bank cards (reference/pdf.md §6). The first in the list keeps it.
 */
export const detectors: readonly Detector[] = [
  stateSecretMark,
  declassifiedMark,
  secrecyProse,
  internalMark,
  residentId,
  bankCard,
  creditCode,
  mobile,
  landline,
  email,
  passport,
  licencePlate,
  nameWithAddress,
];

/** Numbers: a later one that overlaps an earlier one is dropped. */
export const claimsItsPlace: ReadonlySet<string> = new Set([
  'resident-id',
  'bank-card',
  'credit-code',
  'mobile',
  'landline',
  'passport',
  'licence-plate',
]);
