export { blobs, clock, keepCheckpoint, openOffice, records, viewerAddress, wake } from './office.ts';
export { readPolicy, readSettings, type Settings, said } from './settings.ts';
