import type { Office } from '../commands/office.ts';
import { type Actor, machine } from '../people/index.ts';
import type { BlobRef, Instant, Message } from '../ports/index.ts';
import type { Publication } from '../publication/index.ts';
import { ok } from '../refusal/index.ts';
import { type Update, update } from '../repository/index.ts';

/**
 * 保密法 §31: no state secret on a machine that is not a classified one. The whole publication stops; its bytes
 * are destroyed by a message of the same commit, so that a kill in between loses nothing of the order to destroy.
 * The audit keeps hash, name, who and when; the secrecy officer is told.
 */
export const stopped = (item: Publication, mark: string, station: string, now: Instant): Update => {
  const { former, bulk, ...known } = item;
  const blobs: BlobRef[] = [
    ...item.files.flatMap(({ sha256 }) =>
      (['quarantine', 'vault'] as const).map((area): BlobRef => ({ area, sha256 })),
    ),
    ...[former, bulk, ...item.files.flatMap((file) => [file.pdf, file.inspection, file.examination])].flatMap(
      (sha256): BlobRef[] => (sha256 === undefined ? [] : [{ area: 'renditions', sha256 }]),
    ),
  ];
  return {
    action: 'publication.stopped',
    details: {
      mark,
      files: item.files.map(({ name, sha256, size }) => ({ name, sha256, size })),
      maker: item.maker,
    },
    item: {
      ...known,
      state: 'stopped',
      since: now,
      // Title and summary were read from the document and may be secret themselves.
      metadata: { ...item.metadata, title: '', summary: '', documentNumber: '', keywords: [] },
      redactions: [],
      demanded: [],
      dispositions: {},
      files: item.files.map(({ pdf: _p, inspection: _i, examination: _e, ...file }) => ({
        ...file,
        findings: [],
      })),
      trouble: { code: 'state-secret', details: { mark }, station, at: now },
    },
    follow: [
      { type: 'discard', payload: { blobs } },
      { type: 'notify', payload: { role: 'secrecy-officer', about: 'state-secret' } },
    ],
  };
};

/** What a machine does that has seen the marking. */
export const stopForStateSecret = async (
  office: Office,
  message: Message,
  mark: string,
  who: Actor = machine(message.type),
): Promise<void> => {
  const outcome = await update(office, message.subject, who, (item, now) =>
    ok(item.state === 'stopped' ? undefined : stopped(item, mark, message.type, now)),
  );
  if (!outcome.ok) throw new Error(outcome.error.code);
};
