export { certificateName, readSignatures, type SignedRange, signedRanges } from './read-signatures.ts';
export { soleSignature } from './sole-signature.ts';
