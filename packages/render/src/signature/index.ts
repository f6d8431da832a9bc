export { p12Key, type Signed, type Signing, type SigningKey, signPdf } from './pades.ts';
export { type Sm2Key, sm2Holds, sm2Key, sm2Sign, usualUserId } from './sm2.ts';
