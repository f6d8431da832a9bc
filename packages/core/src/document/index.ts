export { type Box, box } from './box.ts';
export { type FileType, fileType } from './file-type.ts';
export {
  type Finding,
  type FindingKind,
  finding,
  findingKind,
  type Severity,
  saysMore,
  severity,
} from './finding.ts';
export {
  type Examination,
  examination,
  type Inspection,
  inspection,
  type PageText,
  pageText,
  type ReadLetter,
  type RecognisedPage,
  type Recognition,
  readable,
  readLetter,
  recognisedPage,
  recognisedPages,
  recognition,
} from './inspection.ts';
export { kindNames } from './kind-names.ts';
export { type PdfSignature, pdfSignature, signatureWords } from './pdf-signature.ts';
export { type Place, type PlacesAsked, place, placesAsked } from './place.ts';
export { type Proof, type ProofAsked, proof, proofAsked } from './proof.ts';
export { pagesToReadBack } from './read-back.ts';
export { type Recognised, recognise } from './recognise.ts';
export { type Redaction, redaction, takenShare, type WidenedBox, widenedBox } from './redaction.ts';
export { type SignOff, signOff } from './sign-off.ts';
export { type Greys, linesAcross, skewOf } from './skew.ts';
export { foundValue } from './value.ts';
