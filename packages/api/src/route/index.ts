export { auditedRecords, UnauditedChange } from './audited.ts';
export { readBytes } from './body.ts';
export type { Caller, Session } from './caller.ts';
export { type Log, quiet } from './log.ts';
export { type MountOptions, mount } from './mount.ts';
export { openApi } from './openapi.ts';
export { fromOwnPages } from './origin.ts';
export { problemResponse, unexpectedResponse } from './problem.ts';
export { type Call, declaredActions, type Route, route } from './route.ts';
