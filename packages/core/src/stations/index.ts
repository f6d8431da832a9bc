export { type Fault, faultsOf, findFaults } from './faults.ts';
export { fillSearch, type KnownIndex } from './fill-search.ts';
export { loadJson, storeJson } from './json.ts';
export { clearOrphans } from './orphans.ts';
export { clearQuarantine } from './quarantine.ts';
export { type Reconciled, reconcile } from './reconcile.ts';
export { maxAttempts, runMessage, type Settled, settle } from './run.ts';
export { scanTrouble } from './scan.ts';
export { type Swept, sweep } from './sweep.ts';
