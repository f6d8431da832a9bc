export { FileSigner } from './file-signer.ts';
