export { SqliteRecords } from './sqlite-records.ts';
