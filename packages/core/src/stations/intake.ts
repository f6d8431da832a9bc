import type { Office } from '../commands/office.ts';
import { wordsOf } from '../dictionary/index.ts';
import type { Message } from '../ports/index.ts';
import { loadDictionary } from '../repository/index.ts';
import { advance, fileOf, refuseFile } from './file.ts';
import { storeJson } from './json.ts';
import { NotReady } from './not-ready.ts';
import { scanTrouble } from './scan.ts';
import { stopForStateSecret } from './stop.ts';

/** 接收: virus scan, true type, hostile structure. Accepted bytes go to the vault, refused ones stay in quarantine. */
export const intake = async (office: Office, message: Message): Promise<void> => {
  const found = await fileOf(office, message, 'received');
  if (!found) return;
  const startedAt = office.clock.now();
  const { file } = found;
  const upload = { area: 'quarantine', sha256: file.sha256 } as const;

  const scan = await office.scanner.scan(upload);
  if (scan.verdict === 'harmful')
    return refuseFile(office, 'intake', message, 'received', startedAt, {
      code: 'malware',
      details: { name: scan.name },
    });
  // Fail closed: it waits, then shows among the dead letters.
  const trouble = scanTrouble(scan, office.policy);
  if (trouble === 'scanner-pending') throw new NotReady(trouble);
  if (trouble !== undefined) throw new Error(trouble);

  const examined = await office.inspector.examine(upload, file.name, wordsOf(await loadDictionary(office)));
  if (!examined.ok)
    return examined.error.code === 'state-secret'
      ? stopForStateSecret(office, message, String(examined.error.details?.mark ?? ''))
      : refuseFile(office, 'intake', message, 'received', startedAt, examined.error);
  const secret = examined.value.findings.find((finding) => finding.severity === 'stop');
  if (secret) return stopForStateSecret(office, message, secret.text);

  const bytes = await office.blobs.open(upload);
  if (!bytes) throw new Error(`quarantine has lost ${file.sha256}`);
  const kept = await office.blobs.putOnce('vault', bytes, { sha256: file.sha256, size: file.size });
  if (!kept.ok) throw new Error(kept.error.code);
  const examination = await storeJson(office, examined.value);

  await advance(
    office,
    'intake',
    message,
    'received',
    startedAt,
    (entry) => ({
      file: {
        ...entry,
        progress: 'accepted',
        type: examined.value.type,
        examination,
        ...(examined.value.signatures?.length ? { signatures: examined.value.signatures } : {}),
      },
      follow: [{ type: 'convert', payload: { file: file.id } }],
    }),
    [
      { area: 'vault', sha256: file.sha256 },
      { area: 'renditions', sha256: examination },
    ],
  );
};
