export { FileUploads } from './file-uploads.ts';
