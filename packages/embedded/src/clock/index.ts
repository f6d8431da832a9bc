export { SystemClock, SystemIds, SystemRandomness } from './system-clock.ts';
