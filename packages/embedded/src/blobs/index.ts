export { FileBlobs } from './file-blobs.ts';
