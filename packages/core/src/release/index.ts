export { examineRelease, fourEyes, type GateView } from './gate.ts';
export { dayOf, startOfDay } from './local-day.ts';
export { type ReleasePlan, releasePlan } from './plan.ts';
export {
  endDisplay,
  markExpired,
  markPublished,
  replaceBy,
  type Standing,
  schedule,
  withdraw,
} from './publish.ts';
export { type Due, nextDue, type TimerRules } from './timer.ts';
export { everyone, type Viewer, type Visibility, visible } from './visible.ts';
