export * from './blobs/index.ts';
export * from './machines/index.ts';
export * from './notifier/index.ts';
export * from './records/index.ts';
export * from './scanner/index.ts';
export * from './search/index.ts';
export * from './signer/index.ts';
export * from './uploads/index.ts';
