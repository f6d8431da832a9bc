import {
  allow,
  type BlobRef,
  err,
  type Finding,
  holdersOf,
  loadDictionary,
  type Office,
  ok,
  type Refusal,
  type Result,
  refusal,
  scanTrouble,
  sentence,
  wordsOf,
} from '@gongkai/core';
import type * as z from 'zod';
import type { enquiry as contract } from '../contract/index.ts';
import { Turnstile } from '../sign-in/index.ts';
import { displayName } from './display-name.ts';

type Inspected = z.input<typeof contract.inspected>;

/** Conversion takes a gigabyte: one at a time, beside the stations' own. */
const machines = new Turnstile(1, 10);

const examined = async (
  office: Office,
  upload: BlobRef,
  name: string,
  made: BlobRef[],
): Promise<Inspected> => {
  const { sha256 } = upload;
  const refused = (why: Refusal): Inspected => ({
    outcome: 'refused',
    reason: why.code,
    sentence: sentence(why),
    sha256,
    findings: [],
  });
  const scan = await office.scanner.scan(upload);
  if (scan.verdict === 'harmful') return refused(refusal('malware', { name: scan.name }));
  const trouble = scanTrouble(scan, office.policy);
  if (trouble !== undefined) return refused(refusal(trouble));
  const dictionary = await loadDictionary(office);
  const words = wordsOf(dictionary);
  const seen = await office.inspector.examine(upload, name, words);
  if (!seen.ok) return refused(seen.error);
  const converted = await office.converter.convert(upload, seen.value.type, name);
  if (!converted.ok) return refused(converted.error);
  made.push(converted.value.pdf);
  const found = await office.inspector.inspect(converted.value.pdf, words);
  if (!found.ok) return refused(found.error);
  const inName = await office.inspector.inspectText(name, 'file name', words);
  const all: Finding[] = [...seen.value.findings, ...inName, ...found.value.findings];
  const secret = all.find(({ severity }) => severity === 'stop');
  if (secret) return refused(refusal('state-secret', { mark: secret.text }));
  const { type } = seen.value;
  const findings = allow([...new Map(all.map((finding) => [finding.id, finding])).values()], dictionary);
  const outcome = findings.length === 0 ? 'clean' : 'findings';
  return { outcome, type, sha256, pages: found.value.pages.length, findings };
};

/**
 * 只检查、不保存: the same machines as the stations, on bytes of which nothing stays. Bytes that a publication
 * holds too, or that were there before, belong to it and are left alone.
 */
export const inspectOnly = async (
  office: Office,
  name: string,
  content: AsyncIterable<Uint8Array>,
): Promise<Result<Inspected, Refusal>> => {
  const outcome = await machines.pass(async (): Promise<Result<Inspected, Refusal>> => {
    const kept = await office.blobs.putOnce('quarantine', content, {
      limit: office.policy.limits.uploadBytes,
    });
    if (!kept.ok) return kept;
    const { sha256, size } = kept.value;
    const upload: BlobRef = { area: 'quarantine', sha256 };
    const made: BlobRef[] = [upload];
    try {
      if (size === 0) return err(refusal('empty-file'));
      return ok(await examined(office, upload, displayName(name), made));
    } finally {
      if ((await holdersOf(office, sha256)).length === 0)
        for (const blob of made) await office.blobs.destroy(blob);
    }
  });
  return outcome ? outcome.value : err(refusal('rate-limited', { seconds: 30 }));
};
