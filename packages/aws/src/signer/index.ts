export { type Kms, KmsSigner } from './kms-signer.ts';
