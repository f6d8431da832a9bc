export { type BatchAnswer, type Duty, type LambdaContext, Unreadable, workOff } from './batch.ts';
export { type ClockHands, clock } from './clock.ts';
export { type Count, type Lines, type Log, lines } from './lines.ts';
export { stations, type WorkingOffice } from './stations.ts';
export { streamToQueue } from './stream.ts';
export { arrived, keyFromNotification, uploads } from './uploads.ts';
export { type Wake, type WakeUp, wakeOver, wakeUp } from './wake-up.ts';
