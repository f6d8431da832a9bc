export { type SearchFile, SnapshotSearch, type SnapshotSearchOptions } from './snapshot-search.ts';
