import type { Office } from '../commands/office.ts';
import { machine } from '../people/index.ts';
import type { BlobRef, Message } from '../ports/index.ts';
import { ok } from '../refusal/index.ts';
import { update } from '../repository/index.ts';

/**
 * 保密法 §31: no state secret on a machine that is not a classified one. The whole publication stops; its bytes
 * are destroyed by a message of the same commit, so that a kill in between loses nothing of the order to destroy.
 * The audit keeps hash, name, who and when; the secrecy officer is told.
 */
export const stopForStateSecret = async (office: Office, message: Message, mark: string): Promise<void> => {
  const outcome = await update(office, message.subject, machine('inspect'), (item, now) => {
    if (item.state === 'stopped') return ok(undefined);
    const blobs: BlobRef[] = item.files.flatMap((file) => [
      { area: 'quarantine' as const, sha256: file.sha256 },
      { area: 'vault' as const, sha256: file.sha256 },
      ...[file.pdf, file.inspection]
        .filter((sha256) => sha256 !== undefined)
        .map((sha256) => ({ area: 'renditions' as const, sha256 })),
    ]);
    return ok({
      action: 'publication.stopped',
      details: {
        mark,
        files: item.files.map(({ name, sha256, size }) => ({ name, sha256, size })),
        maker: item.maker,
      },
      item: {
        ...item,
        state: 'stopped',
        since: now,
        // Title and summary were read from the document and may be secret themselves.
        metadata: { ...item.metadata, title: '', summary: '', documentNumber: '', keywords: [] },
        redactions: [],
        demanded: [],
        dispositions: {},
        files: item.files.map(({ pdf: _p, inspection: _i, ...file }) => ({ ...file, findings: [] })),
        trouble: { code: 'state-secret', details: { mark }, station: 'inspect', at: now },
      },
      follow: [
        { type: 'discard', payload: { blobs } },
        { type: 'notify', payload: { role: 'secrecy-officer', about: 'state-secret' } },
      ],
    });
  });
  if (!outcome.ok) throw new Error(outcome.error.code);
};
