export { addFile, type Draft, edit, open, removeFile } from './draft.ts';
export { type Display, display, type Metadata, metadata, saidInCatalogue } from './metadata.ts';
export { plain } from './plain.ts';
export {
  type BriefFinding,
  briefFinding,
  type FileEntry,
  fileEntry,
  type GatePass,
  gatePass,
  type Publication,
  publication,
  type Release,
  release,
  type State,
  state,
  withdrawal,
} from './publication.ts';
export {
  type DetachedSignature,
  detachedSignature,
  type ReleaseSignature,
  releaseSignature,
} from './release-signature.ts';
