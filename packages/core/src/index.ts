export * from './document/index.ts';
export * from './outbox/index.ts';
export * from './ports/index.ts';
export * from './refusal/index.ts';
export { type ReleasePlan, releasePlan } from './release/plan.ts';
