export { FolderLock } from './folder-lock.ts';
