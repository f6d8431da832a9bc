export { type Column, type Ground, type Theme, themes } from './catalogue.ts';
export { type DeadlineRule, deadlineRuleOn } from './deadline-rule.ts';
export { deliveryIn } from './delivery.ts';
export type { DisplayRule } from './display-rule.ts';
export { parsePolicy } from './parse.ts';
export { type Policy, type PolicyData, policySchema } from './policy.ts';
export { inForce } from './rule.ts';
export {
  type Emblem,
  type Stamping,
  type StampLine,
  stampingIn,
  stampLine,
  type WatermarkWords,
  watermarkWords,
} from './stamping.ts';
