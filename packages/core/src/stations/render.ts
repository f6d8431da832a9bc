import type { Office } from '../commands/office.ts';
import { sealOf } from '../commands/sealing.ts';
import { inspection } from '../document/index.ts';
import { machine } from '../people/index.ts';
import { deliveryIn, stampingIn } from '../policy/index.ts';
import type { Message } from '../ports/index.ts';
import type { Publication, Release } from '../publication/index.ts';
import { ok, type Refusal } from '../refusal/index.ts';
import { dayOf, expiry, ofdsOf, type ReleasePlan, textLayer, watermarkOf } from '../release/index.ts';
import { assignNumbers } from '../release/numbers.ts';
import { type Follow, update } from '../repository/index.ts';
import { backToMaker } from '../review/index.ts';
import { loadJson } from './json.ts';

/** The hour at which it becomes public if nothing else delays it. */
export const plannedTime = (item: Publication, now: string): string =>
  item.publishAt !== undefined && item.publishAt > now ? item.publishAt : now;

export const planOf = async (
  office: Office,
  item: Publication,
  file: number,
  numbers: { indexNumber: string; code: string; stampedOn: string; at: string },
): Promise<ReleasePlan> => {
  const standing = expiry({
    publishedAt: numbers.at,
    display: item.display,
    calendar: office.policy.calendar,
  });
  const label = (key: string) => office.policy.grounds.find((ground) => ground.key === key)?.label ?? key;
  const { metadata } = item;
  const redactions = item.redactions.filter((box) => box.file === file);
  const seen = item.files[file]?.inspection;
  const inspected = seen === undefined ? undefined : await loadJson(office, inspection, seen);
  const layer = inspected ? textLayer(inspected.pages, redactions) : [];
  const stamping = stampingIn(office.policy, metadata.column);
  const watermark = watermarkOf(item, stamping.watermark);
  return {
    redactions: redactions.map((box) => ({ ...box, label: label(box.ground) })),
    ...(office.policy.groundsShown === 'margin' ? { groundsShown: 'margin' as const } : {}),
    ...(layer.length > 0 ? { textLayer: layer } : {}),
    ...(stamping.enabled && (stamping.lines.length > 0 || stamping.qr)
      ? {
          stamp: {
            indexNumber: numbers.indexNumber,
            office: metadata.office,
            publishedOn: numbers.stampedOn,
            ...(standing.ok && standing.value.lastDay !== undefined
              ? { validUntil: standing.value.lastDay }
              : {}),
            verifyUrl: `${office.publicUrl}/verify/${numbers.code}`,
            code: numbers.code,
            lines: stamping.lines,
            qr: stamping.qr,
          },
        }
      : {}),
    ...(watermark === undefined ? {} : { watermark }),
    ...(inspected ? sealOf(office, item, file, inspected) : {}),
    metadata: {
      title: file === 0 ? metadata.title : `${metadata.title}（附件${file}）`,
      author: metadata.office,
      ...(metadata.summary ? { subject: metadata.summary } : {}),
      ...(metadata.keywords.length > 0 ? { keywords: [...metadata.keywords] } : {}),
      language: 'zh-CN',
    },
    createdAt: `${numbers.stampedOn}T00:00:00.000Z`,
  };
};

/**
 * Back to the maker with the reason; the decisions are void, the numbers stay with the publication. `again`: its files as
 * they must be done again, with the messages that do it.
 */
export const sendBack = async (
  office: Office,
  station: string,
  id: string,
  why: Refusal,
  again: { readonly files: Publication['files']; readonly follow: readonly Follow[] } | undefined = undefined,
): Promise<void> => {
  const outcome = await update(office, id, machine(station), (item, now) =>
    item.state !== 'rendering' && item.state !== 'gating'
      ? ok(undefined)
      : ok({
          action: `${station}.refused`,
          details: { refusal: why },
          item: {
            ...backToMaker(item, `machine:${station}`, now),
            ...(again ? { files: again.files } : {}),
            trouble: {
              code: why.code,
              ...(why.details ? { details: { ...why.details } } : {}),
              station,
              at: now,
            },
          },
          follow: [
            { type: 'notify', payload: { person: item.maker, about: 'sent-back' } },
            ...(again?.follow ?? []),
          ],
        }),
  );
  if (!outcome.ok) throw new Error(outcome.error.code);
};

/** 出件: redact, strip, stamp; one release for each file. The same plan gives the same bytes, so a retry changes nothing. */
export const render = async (office: Office, message: Message): Promise<void> => {
  const numbered = await assignNumbers(office, message.subject);
  if (!numbered) return;
  const { item, numbers } = numbered;
  const startedAt = office.clock.now();
  const at = plannedTime(item, startedAt);
  const stampedOn = dayOf(at);

  const files: Release['files'] = [];
  for (const [index, file] of item.files.entries()) {
    if (!file.pdf) throw new Error(`file ${file.id} has no PDF`);
    const plan = await planOf(office, item, index, { ...numbers, stampedOn, at });
    const { documentSigner } = office;
    const made = await office.renderer.render(
      { area: 'renditions', sha256: file.pdf },
      documentSigner ? { ...plan, unfinished: true } : plan,
    );
    if (!made.ok) return sendBack(office, 'render', item.id, made.error);
    const { pages, notArchival, archivalLevel } = made.value;
    // The last step: nothing may be done to the bytes behind it. The gate looks at what is signed.
    const { release, size, signature, detached } = documentSigner
      ? await documentSigner.sign(made.value.release, office.clock.now())
      : { ...made.value, signature: undefined, detached: undefined };
    let ofd: Release['files'][number]['ofd'];
    if (deliveryIn(office.policy, item.metadata.column).ofd) {
      const delivered = await office.renderer.deliverOfd(release);
      if (!delivered.ok) return sendBack(office, 'render', item.id, delivered.error);
      const { ofd: made, pictures, size } = delivered.value;
      ofd = { sha256: made.sha256, size, ...(pictures.length > 0 ? { pictures: [...pictures] } : {}) };
    }
    const recognised = plan.textLayer?.map(({ page }) => page);
    files.push({
      sha256: release.sha256,
      pages,
      size,
      ...(recognised ? { recognised } : {}),
      ...(notArchival ? { notArchival: [...notArchival] } : {}),
      ...(archivalLevel ? { archivalLevel } : {}),
      ...(signature ? { signature } : {}),
      ...(detached ? { detached } : {}),
      ...(ofd ? { ofd } : {}),
    });
  }

  const outcome = await update(office, item.id, machine('render'), (fresh, now) =>
    fresh.state !== 'rendering'
      ? ok(undefined)
      : ok({
          action: 'release.rendered',
          details: {
            files: files.map(({ sha256 }) => sha256),
            ...(files.some(({ ofd }) => ofd) ? { ofds: ofdsOf({ files }) } : {}),
            indexNumber: numbers.indexNumber,
            code: numbers.code,
          },
          item: {
            ...fresh,
            state: 'gating',
            since: now,
            release: { files, ...numbers, stampedOn, madeAt: now },
            timing: {
              ...fresh.timing,
              render: (fresh.timing.render ?? 0) + (Date.parse(now) - Date.parse(startedAt)),
            },
          },
          follow: [{ type: 'gate' }],
        }),
  );
  if (!outcome.ok) throw new Error(outcome.error.code);
};
