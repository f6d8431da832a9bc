export {
  attachUpload,
  createPublication,
  discardDraft,
  dropFile,
  editDraft,
  holdersOf,
  recallForEditing,
} from './drafting.ts';
export type { Office } from './office.ts';
export { decidePublication, endPublicationDisplay, withdrawPublication } from './reviewing.ts';
