export { ApiClient, ApiRefusal } from './client/index.ts';
export { type Host, openHost } from './host.ts';
export { jsonLog, type Log, quiet } from './log.ts';
export { type Running, run } from './server.ts';
export { startWorkers, type Workers } from './workers.ts';
