import type { Office } from '../commands/office.ts';
import { examination, type Finding, type Inspection, recognise } from '../document/index.ts';
import type { Message } from '../ports/index.ts';
import type { BriefFinding, Publication } from '../publication/index.ts';
import { advance, fileOf, refuseFile } from './file.ts';
import { loadJson, storeJson } from './json.ts';
import { stopForStateSecret } from './stop.ts';

const brief = ({ id, kind, severity, removedByRender }: Finding): BriefFinding => ({
  id,
  kind,
  severity,
  removedByRender,
});

/** Fills what is still empty from what the first page says; a person's own words are never touched. */
const filled = (item: Publication, inspection: Inspection): Publication['metadata'] => {
  const read = recognise(inspection.pages);
  const { metadata } = item;
  return {
    ...metadata,
    title: metadata.title || (read.title ?? ''),
    documentNumber: metadata.documentNumber || (read.documentNumber ?? ''),
    generatedOn: metadata.generatedOn || (read.generatedOn ?? ''),
    summary: metadata.summary || (read.summary ?? ''),
  };
};

/** 检查: findings of the original, of its PDF and of its name, together. */
export const inspect = async (office: Office, message: Message): Promise<void> => {
  const found = await fileOf(office, message, 'converted');
  if (!found?.file.pdf || !found.file.examination) return;
  const startedAt = office.clock.now();
  const { file, item } = found;
  const inspected = await office.inspector.inspect({ area: 'renditions', sha256: found.file.pdf });
  if (!inspected.ok)
    return inspected.error.code === 'state-secret'
      ? stopForStateSecret(office, message, String(inspected.error.details?.mark ?? ''))
      : refuseFile(office, 'inspect', message, 'converted', startedAt, inspected.error);

  const original = await loadJson(office, examination, found.file.examination);
  const name = await office.inspector.inspectText(file.name, 'file name');
  const all = new Map(
    [...original.findings, ...name, ...inspected.value.findings].map((finding) => [finding.id, finding]),
  );
  // The same bytes may stand twice in a publication; each copy's findings are answered on their own.
  const findings = [...all.values()].map((finding) => ({ ...finding, id: `${file.id}:${finding.id}` }));
  const secret = findings.find((finding) => finding.severity === 'stop');
  if (secret) return stopForStateSecret(office, message, secret.text);

  const whole: Inspection = { ...inspected.value, findings };
  const sha256 = await storeJson(office, whole);
  const main = item.files[0]?.id === file.id;
  await advance(
    office,
    'inspect',
    message,
    'converted',
    startedAt,
    (entry, fresh) => ({
      file: {
        ...entry,
        progress: 'inspected',
        inspection: sha256,
        pages: whole.pages.length,
        findings: findings.map(brief),
      },
      ...(main ? { item: { metadata: filled(fresh, whole) } } : {}),
    }),
    [{ area: 'renditions', sha256 }],
  );
};
