export { DynamoRecords } from './dynamo-records.ts';
export { type Shards, usualShards } from './place.ts';
export { placeAttributes, tableDefinition } from './table.ts';
