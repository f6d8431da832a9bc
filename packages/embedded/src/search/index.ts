export { searchVersion } from './schema.ts';
export { SqliteSearch } from './sqlite-search.ts';
