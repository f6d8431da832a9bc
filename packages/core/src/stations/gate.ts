import type { Office } from '../commands/office.ts';
import { sealingOf } from '../commands/sealing.ts';
import { allow, type Dictionary, wordsOf } from '../dictionary/index.ts';
import {
  type Box,
  type Finding,
  type Inspection,
  inspection,
  type Proof,
  type ProofAsked,
  recognisedPages,
} from '../document/index.ts';
import { canonicalJson } from '../hash/index.ts';
import { machine } from '../people/index.ts';
import { stampingIn } from '../policy/index.ts';
import type { Message } from '../ports/index.ts';
import { type GatePass, type Publication, saidInCatalogue } from '../publication/index.ts';
import { err, ok, type Refusal, type Result, refusal } from '../refusal/index.ts';
import {
  checkDisplay,
  dayOf,
  examineRelease,
  type GateView,
  ofdsOf,
  schedule,
  watermarkOf,
  watermarkSquare,
} from '../release/index.ts';
import { keys, load, loadDictionary, update } from '../repository/index.ts';
import { bindingOf } from '../review/index.ts';
import { inspectFile } from './inspect.ts';
import { loadJson } from './json.ts';
import { plannedTime, sendBack } from './render.ts';

const toHex = (bytes: Uint8Array): string =>
  [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');

const stampTexts = (office: Office, item: Publication): string[] =>
  [
    item.release?.indexNumber ?? '',
    item.release?.code ?? '',
    item.metadata.office,
    item.metadata.title,
    `${office.publicUrl}/verify/${item.release?.code ?? ''}`,
  ].filter((text) => text !== '');

/**
 * The dictionary or the whitelist changed after the review: what the reviewers saw is looked at again as it would be seen
 * today. Whether this document is judged differently; a file that cannot be inspected again counts as different.
 */
const judgedDifferently = async (
  office: Office,
  item: Publication,
  originals: readonly Inspection[],
  dictionary: Dictionary,
): Promise<boolean> => {
  for (const [index, before] of originals.entries()) {
    if (before.dictionary === dictionary.version) continue;
    const file = item.files[index];
    if (!file?.pdf || !file.examination) return true;
    const { pdf, examination } = file;
    const now = await inspectFile(office, { ...file, pdf, examination }, dictionary);
    const judged = ({ findings }: Inspection): string =>
      canonicalJson(findings.map(({ id, severity }) => `${id} ${severity}`).sort());
    if (!now.ok || judged(now.value) !== judged(before)) return true;
  }
  return false;
};

const inspectAgain = (item: Publication) => {
  const files = item.files.map(({ inspection: _, findings: __, ...file }) => ({
    ...file,
    progress: 'converted' as const,
    findings: [],
  }));
  return { files, follow: files.map(({ id }) => ({ type: 'inspect' as const, payload: { file: id } })) };
};

/** What the catalogue would say of it must hold no more than its pages may. */
const inMetadata = async (office: Office, item: Publication, dictionary: Dictionary): Promise<Finding[]> => {
  const said = saidInCatalogue(item.metadata, office.policy);
  return allow(await office.inspector.inspectText(said, 'title, summary', wordsOf(dictionary)), dictionary);
};

/** Where the plan of a file lays seals and a watermark over its pages. */
const laidOver = (office: Office, item: Publication, index: number, original: Inspection) => {
  const { at, edges } = sealingOf(office, item, index, original);
  const words = watermarkOf(item, stampingIn(office.policy, item.metadata.column).watermark);
  return {
    impressions: [...(at ? [at] : []), ...edges],
    watermarks: words === undefined ? [] : original.pages.map(watermarkSquare),
  };
};

/** What an inspection sees of it: whole seals, though only a slice may show. */
const outlined = ({ impressions, watermarks }: ReturnType<typeof laidOver>): Box[] => [
  ...watermarks,
  ...impressions.map(({ x, y, diameter, shown: { page } }) => ({
    page,
    x,
    y,
    width: diameter,
    height: diameter,
  })),
];

const ofFile = (index: number, { details, ...why }: Refusal): Result<never, Refusal> =>
  err({
    ...why,
    details: {
      ...details,
      detail: `file ${index + 1}, ${details?.detail ?? ''}`,
      ...(details?.detailZh === undefined ? {} : { detailZh: `第 ${index + 1} 个文件，${details.detailZh}` }),
    },
  });

/** That what was covered is out of these bytes and the rest is as it was, asked of a machine that did not make them. */
const prove = async (
  office: Office,
  item: Publication,
  index: number,
  sha256: string,
  original: Inspection,
): Promise<Result<Proof, Refusal>> => {
  const pdf = item.files[index]?.pdf;
  if (!pdf) throw new Error(`file ${index} of ${item.id} has no PDF`);
  const label = (key: string) => office.policy.grounds.find((ground) => ground.key === key)?.label ?? key;
  const { summary, keywords } = item.metadata;
  const { impressions } = laidOver(office, item, index, original);
  const asked: ProofAsked = {
    groundsShown: office.policy.groundsShown,
    redactions: item.redactions
      .filter(({ file }) => file === index)
      .map(({ boxes, ground }) => ({ boxes, label: label(ground) })),
    own: [...stampTexts(office, item), item.release?.stampedOn ?? '', summary, ...keywords].filter(
      (text) => text !== '',
    ),
    recognised: recognisedPages(original.pages),
    seals: impressions.map(({ shown }) => shown),
  };
  const pages = { area: 'renditions', sha256: pdf } as const;
  const release = { area: 'vault', sha256 } as const;
  const proven = await office.inspector.prove(pages, release, asked);
  if (!proven.ok) return ofFile(index, proven.error);
  const ofd = item.release?.files[index]?.ofd;
  if (ofd === undefined) return proven;
  const same = await office.inspector.proveOfd(pages, release, { area: 'vault', sha256: ofd.sha256 }, asked);
  return same.ok ? proven : ofFile(index, same.error);
};

/** 出口检查 on the very bytes that would be public; passes by signature, or sends back with what was found. */
export const gate = async (office: Office, message: Message): Promise<void> => {
  const loaded = await load(office, message.subject);
  const item = loaded?.item;
  if (item?.state !== 'gating' || !item.release) return;
  const startedAt = office.clock.now();

  const dictionary = await loadDictionary(office);
  const originals: Inspection[] = [];
  for (const [index, { inspection: sha256 }] of item.files.entries()) {
    if (!sha256) throw new Error(`file ${index} of ${item.id} was never inspected`);
    originals.push(await loadJson(office, inspection, sha256));
  }
  if (await judgedDifferently(office, item, originals, dictionary)) {
    const from = Math.min(...originals.map((one) => one.dictionary));
    const why = refusal('dictionary-changed', { from, to: dictionary.version });
    return sendBack(office, 'gate', item.id, why, inspectAgain(item));
  }

  const views: GateView[] = [];
  const proofs: Proof[] = [];
  let inspector = '';
  for (const [index, released] of item.release.files.entries()) {
    const original = originals[index];
    if (!original) throw new Error(`file ${index} of ${item.id} was never inspected`);
    const seen = await office.inspector.inspect(
      { area: 'vault', sha256: released.sha256 },
      wordsOf(dictionary),
    );
    if (!seen.ok) return sendBack(office, 'gate', item.id, seen.error);
    const proven = await prove(office, item, index, released.sha256, original);
    if (!proven.ok) return sendBack(office, 'gate', item.id, proven.error);
    proofs.push(proven.value);
    inspector = seen.value.inspector;
    views.push({
      original,
      release: { ...seen.value, findings: allow(seen.value.findings, dictionary) },
      stampTexts: stampTexts(office, item),
      drawn: outlined(laidOver(office, item, index, original)),
    });
  }
  const passed = examineRelease(item, views, await inMetadata(office, item, dictionary));
  if (!passed.ok) {
    // Found by detectors that are newer than the review: inspected again, so that there is something to answer.
    const newer = views.some(({ original, release }) => original.inspector !== release.inspector);
    return sendBack(office, 'gate', item.id, passed.error, newer ? inspectAgain(item) : undefined);
  }

  const unsigned = {
    files: item.release.files.map(({ sha256 }) => sha256),
    ...(ofdsOf(item.release).length > 0 ? { ofds: ofdsOf(item.release) } : {}),
    binding: bindingOf(item),
    inspector,
    dictionary: dictionary.version,
    at: startedAt,
  };
  const signature = toHex(await office.signer.sign(new TextEncoder().encode(canonicalJson(unsigned))));
  const pass: GatePass = { ...unsigned, signature };

  // Two attachments may come out as the same bytes, and so may a second edition in which nothing was changed.
  const unheld: string[] = [];
  for (const sha256 of new Set([...pass.files, ...(pass.ofds ?? [])]))
    if (!(await office.records.get(keys.holder(sha256, item.id)))) unheld.push(sha256);

  let why = '';
  const outcome = await update(office, item.id, machine('gate'), (fresh, now) => {
    if (fresh.state !== 'gating') return ok(undefined);
    const at = plannedTime(fresh, now);
    // The stamp shows the day of publication: past midnight, or with a late scheduled hour, it is rendered again.
    if (fresh.release?.stampedOn !== dayOf(at))
      return ok({
        action: 'release.stale',
        item: { ...fresh, state: 'rendering', since: now },
        follow: [{ type: 'render' }],
      });
    const standing = checkDisplay(office.policy, fresh.metadata.column, fresh.display, at);
    if (!standing.ok) {
      why = standing.error.code;
      return standing;
    }
    const next = schedule(fresh, pass, at, standing.value, now);
    if (!next.ok) return next;
    const spent = Date.parse(now) - Date.parse(startedAt);
    return ok({
      action: 'gate.passed',
      details: {
        files: pass.files,
        ...(pass.ofds ? { ofds: pass.ofds } : {}),
        binding: pass.binding,
        publishedAt: at,
        until: standing.value.until ?? 'long-term',
        // How far it was proven, file by file: pages beyond the policy's limit were not read back.
        proofs,
      },
      item: { ...next.value, timing: { ...fresh.timing, gate: (fresh.timing.gate ?? 0) + spent } },
      follow: [{ type: 'publish' }],
      writes: unheld.map((sha256) => ({
        kind: 'put' as const,
        key: keys.holder(sha256, fresh.id),
        data: { as: 'release', at: now },
        expect: 'absent' as const,
      })),
    });
  });
  if (!outcome.ok) {
    if (why || outcome.error.code === 'bytes-changed' || outcome.error.code === 'same-person')
      return sendBack(office, 'gate', item.id, outcome.error);
    throw new Error(outcome.error.code);
  }
};
