export { SqliteSearch } from './sqlite-search.ts';
