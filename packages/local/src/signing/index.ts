export { documentSigner, lazyDocumentSigner, openDocumentSigner, openKeys } from './document-signer.ts';
export { type SigningSettings, signingSettings } from './settings.ts';
