/** Ports without a machine behind them, for tests. Each passes the contract suite in test/contract. */
export { MemoryBlobs } from './memory-blobs.ts';
export { MemoryRecords } from './memory-records.ts';
export { MemoryUploads } from './memory-uploads.ts';
export {
  MemoryNotifier,
  MemorySearch,
  markedFindings,
  type Script,
  scannerSaying,
  scriptedMachines,
  testSigner,
} from './scripted-machines.ts';
export { TestClock, TestIds, TestRandomness } from './test-clock.ts';
export { drain, testOffice } from './test-office.ts';
