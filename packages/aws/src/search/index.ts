export { OpenSearch, type OpenSearchOptions } from './opensearch-search.ts';
export { type SearchFile, SnapshotSearch, type SnapshotSearchOptions } from './snapshot-search.ts';
