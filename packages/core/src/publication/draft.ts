import { isDate, localDate } from '../calendar/index.ts';
import type { Box, Redaction } from '../document/index.ts';
import type { Actor } from '../people/index.ts';
import type { Instant } from '../ports/index.ts';
import { err, ok, type Refusal, type Result, refusal } from '../refusal/index.ts';
import type { Disposition } from '../review/index.ts';
import type { Display, Metadata } from './metadata.ts';
import { type FileEntry, type Publication, publication } from './publication.ts';

/** 起草: a new publication, empty and open for files. */
export const open = (
  given: {
    id: string;
    correlationId: string;
    metadata: Metadata;
    display: Display;
    major?: boolean;
    replaces?: string;
  },
  maker: Actor,
  now: Instant,
): Publication =>
  publication.parse({
    ...given,
    major: given.major ?? false,
    state: 'draft',
    since: now,
    edition: 1,
    createdAt: now,
    maker: maker.person,
    makerName: maker.name,
    editors: [maker.person],
    files: [],
    redactions: [],
    dispositions: {},
    decisions: [],
  });

const editable = (item: Publication, who: Actor): Result<Publication, Refusal> => {
  if (item.state !== 'draft') return err(refusal('wrong-state', { state: item.state }));
  if (!who.roles.includes('maker')) return err(refusal('not-allowed', { role: 'maker' }));
  // Whoever changes it can no longer review it (four eyes compare people, not only the submitter).
  return ok({ ...item, editors: [...new Set([...item.editors, who.person])] });
};

export const addFile = (item: Publication, file: FileEntry, who: Actor): Result<Publication, Refusal> => {
  const open = editable(item, who);
  if (!open.ok) return open;
  if (item.files.some((there) => there.id === file.id)) return ok(item);
  // The same bytes a second time are a double click or a wrong file, and would be published twice.
  const same = item.files.find((there) => there.sha256 === file.sha256);
  if (same) return err(refusal('same-file', { name: same.name }));
  return ok({ ...open.value, files: [...open.value.files, file] });
};

/** Takes a file out of the draft, with the redactions and answers that belong to it. The original's bytes stay. */
export const removeFile = (item: Publication, fileId: string, who: Actor): Result<Publication, Refusal> => {
  const open = editable(item, who);
  if (!open.ok) return open;
  const index = item.files.findIndex((file) => file.id === fileId);
  const gone = item.files[index];
  if (!gone) return err(refusal('not-found'));
  const ids = new Set(gone.findings.map((finding) => finding.id));
  const shifted = (boxes: readonly Redaction[]) =>
    boxes
      .filter((box) => box.file !== index)
      .map((box) => (box.file > index ? { ...box, file: box.file - 1 } : box));
  return ok({
    ...open.value,
    files: item.files.filter((file) => file.id !== fileId),
    redactions: shifted(item.redactions),
    demanded: shifted(item.demanded),
    dispositions: Object.fromEntries(Object.entries(item.dispositions).filter(([id]) => !ids.has(id))),
  });
};

/** What a maker may change in a draft. `null` for a disposition takes the answer back. */
export type Draft = {
  metadata?: Metadata;
  display?: Display;
  major?: boolean;
  publishAt?: Instant | null;
  redactions?: Redaction[];
  demanded?: Redaction[];
  dispositions?: Record<string, Pick<Disposition, 'answer' | 'reason'> | null>;
};

/** Points. The largest page that readers open is 14,400 wide; text beyond the edge of one is covered, too. */
const farthest = 28_800;
const isFar = ({ x, y, width, height }: Box): boolean =>
  Math.min(x, y) < -farthest || !(Math.max(x + width, y + height) <= farthest);

export const edit = (
  item: Publication,
  change: Draft,
  who: Actor,
  now: Instant,
): Result<Publication, Refusal> => {
  const open = editable(item, who);
  if (!open.ok) return open;
  // Instants compare as strings: +010000-01-01 would come before today and be public at once.
  if (change.publishAt && !isDate(localDate(change.publishAt)))
    return err(refusal('date-invalid', { detail: change.publishAt }));
  const known = new Set(item.files.flatMap((file) => file.findings.map((finding) => finding.id)));
  const dispositions = { ...item.dispositions };
  for (const [id, answer] of Object.entries(change.dispositions ?? {})) {
    if (!known.has(id)) return err(refusal('not-found'));
    if (answer === null) delete dispositions[id];
    else dispositions[id] = { ...answer, person: who.person, at: now };
  }
  for (const { file, boxes } of [...(change.redactions ?? []), ...(change.demanded ?? [])]) {
    const pages = item.files[file]?.pages;
    if (pages === undefined || boxes.some((box) => box.page > pages || isFar(box)))
      return err(refusal('invalid-input', { detail: 'redaction' }));
  }
  const next: Publication = {
    ...open.value,
    metadata: change.metadata ?? item.metadata,
    display: change.display ?? item.display,
    major: change.major ?? item.major,
    redactions: change.redactions ?? item.redactions,
    demanded: change.demanded ?? item.demanded,
    dispositions,
  };
  if (change.publishAt === null) {
    const { publishAt: _, ...soon } = next;
    return ok(soon);
  }
  return ok(change.publishAt === undefined ? next : { ...next, publishAt: change.publishAt });
};
