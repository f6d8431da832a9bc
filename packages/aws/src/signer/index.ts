export { KmsSigner } from './kms-signer.ts';
