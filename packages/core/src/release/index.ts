export { localDate as dayOf } from '../calendar/index.ts';
export { kindUnder, mayHaveText, type Shape, shapeOf } from './allowed.ts';
export {
  type ArchivalLevel,
  type ArchivalObstacle,
  archivalLevel,
  archivalObstacle,
  archivalWords,
} from './archival.ts';
export {
  checkDisplay,
  displayRuleOf,
  type Expiry,
  expiry,
  floor,
  floorUntil,
  lastDayOf,
  reminderAt,
  yearlyCheckAt,
} from './display-period.ts';
export { examineRelease, fourEyes, type GateView } from './gate.ts';
export {
  type GroundLabel,
  type GroundsShown,
  groundIn,
  isMostlyIn,
  type MarginLabel,
  marginLabels,
} from './ground-label.ts';
export { formatIndexNumber, isIndexNumberTemplate, parseIndexNumber } from './index-number.ts';
export { type EndedWords, endedWordings, endedWords, watermarkOf, watermarkSquare } from './marking.ts';
export { isCreditCode, isOrganisationCode, orgCodeWarning } from './org-code.ts';
export { type ReleasePlan, releasePlan } from './plan.ts';
export {
  endDisplay,
  markExpired,
  markPublished,
  ofdsOf,
  replaceBy,
  type Standing,
  schedule,
  withdraw,
} from './publish.ts';
export { retainedUntil } from './retention.ts';
export { type Impression, impression, placeSeals, pointsOf, type SealFate, type Sealing } from './seal.ts';
export { textLayer } from './text-layer.ts';
export { type Due, dueNow, nextDue, type TimerRules } from './timer.ts';
export { asTyped, verificationCode } from './verification-code.ts';
export { everyone, type Viewer, type Visibility, visible } from './visible.ts';
