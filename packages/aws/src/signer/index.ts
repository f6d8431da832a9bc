export { certificateRequest } from './certificate-request.ts';
export { kmsDocumentKey } from './kms-document-key.ts';
export { type Kms, KmsSigner } from './kms-signer.ts';
