import { address } from './address.ts';
import { aggregation } from './aggregation.ts';
import { bankCard } from './bank-card.ts';
import { birthDate } from './birth-date.ts';
import { caseNumber } from './case-number.ts';
import { commercialSecret } from './commercial-secret.ts';
import { creditCode } from './credit-code.ts';
import { declassifiedMark } from './declassified-mark.ts';
import type { Detector } from './detector.ts';
import { drivingLicence } from './driving-licence.ts';
import { email } from './email.ts';
import { internalMark } from './internal-mark.ts';
import { landline } from './landline.ts';
import { licencePlate } from './licence-plate.ts';
import { medical } from './medical.ts';
import { minor } from './minor.ts';
import { mobile } from './mobile.ts';
import { nameWithAddress } from './name-with-address.ts';
import { officeWord } from './office-word.ts';
import { officerCard } from './officer-card.ts';
import { passport } from './passport.ts';
import { personName } from './person-name.ts';
import { residentId } from './resident-id.ts';
import { salary } from './salary.ts';
import { secrecyProse } from './secrecy-prose.ts';
import { socialAccount } from './social-account.ts';
import { stateSecretMark } from './state-secret-mark.ts';
import { travelPermit } from './travel-permit.ts';

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
  commercialSecret,
  residentId,
  drivingLicence,
  officerCard,
  bankCard,
  creditCode,
  mobile,
  landline,
  email,
  passport,
  travelPermit,
  socialAccount,
  licencePlate,
  caseNumber,
  birthDate,
  salary,
  medical,
  minor,
  aggregation,
  nameWithAddress,
  address,
  personName,
  officeWord,
];

/** Numbers: a later one that overlaps an earlier one is dropped. */
export const claimsItsPlace: ReadonlySet<string> = new Set([
  'resident-id',
  'bank-card',
  'credit-code',
  'mobile',
  'landline',
  'passport',
  'travel-permit',
  'driving-licence',
  'officer-card',
  'licence-plate',
]);
