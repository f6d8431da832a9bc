import type { Office } from '../commands/office.ts';
import { allow, type Dictionary, wordsOf } from '../dictionary/index.ts';
import { examination, type Finding, type Inspection, recognise } from '../document/index.ts';
import type { Message } from '../ports/index.ts';
import type { BriefFinding, FileEntry, Publication } from '../publication/index.ts';
import { ok, type Refusal, type Result } from '../refusal/index.ts';
import { loadDictionary } from '../repository/index.ts';
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

/**
 * What is found in one file: in its original, its PDF and its name, with the office's words, and with what its whitelist
 * allows. The gate asks again when the dictionary has changed since.
 */
export const inspectFile = async (
  office: Office,
  file: FileEntry & { readonly pdf: string; readonly examination: string },
  dictionary: Dictionary,
): Promise<Result<Inspection, Refusal>> => {
  const words = wordsOf(dictionary);
  const original = await loadJson(office, examination, file.examination);
  const pdf = { area: 'renditions', sha256: file.pdf } as const;
  const inspected = await office.inspector.inspect(pdf, words, original.type);
  if (!inspected.ok) return inspected;
  const name = await office.inspector.inspectText(file.name, 'file name', words);
  const all = new Map(
    [...original.findings, ...name, ...inspected.value.findings].map((finding) => [finding.id, finding]),
  );
  // The same bytes may stand twice in a publication; each copy's findings are answered on their own.
  const findings = [...all.values()].map((finding) => ({ ...finding, id: `${file.id}:${finding.id}` }));
  return ok({ ...inspected.value, findings: allow(findings, dictionary), dictionary: dictionary.version });
};

/** 检查: findings of the original, of its PDF and of its name, together. */
export const inspect = async (office: Office, message: Message): Promise<void> => {
  const found = await fileOf(office, message, 'converted');
  if (!found?.file.pdf || !found.file.examination) return;
  const startedAt = office.clock.now();
  const { file, item } = found;
  const { pdf, examination: examined } = found.file;
  const inspected = await inspectFile(
    office,
    { ...file, pdf, examination: examined },
    await loadDictionary(office),
  );
  if (!inspected.ok)
    return inspected.error.code === 'state-secret'
      ? stopForStateSecret(office, message, String(inspected.error.details?.mark ?? ''))
      : refuseFile(office, 'inspect', message, 'converted', startedAt, inspected.error);
  const whole = inspected.value;
  const { findings } = whole;
  const secret = findings.find((finding) => finding.severity === 'stop');
  if (secret) return stopForStateSecret(office, message, secret.text);

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
