import type { Office } from '../commands/office.ts';
import { inspection } from '../document/index.ts';
import { canonicalJson } from '../hash/index.ts';
import { machine } from '../people/index.ts';
import type { Message } from '../ports/index.ts';
import type { GatePass, Publication } from '../publication/index.ts';
import { ok } from '../refusal/index.ts';
import { checkDisplay, dayOf, examineRelease, type GateView, schedule } from '../release/index.ts';
import { keys, load, update } from '../repository/index.ts';
import { bindingOf } from '../review/index.ts';
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

/** 出口检查 on the very bytes that would be public; passes by signature, or sends back with what was found. */
export const gate = async (office: Office, message: Message): Promise<void> => {
  const loaded = await load(office, message.subject);
  const item = loaded?.item;
  if (item?.state !== 'gating' || !item.release) return;
  const startedAt = office.clock.now();

  const views: GateView[] = [];
  let inspector = '';
  for (const [index, released] of item.release.files.entries()) {
    const sha256 = item.files[index]?.inspection;
    if (!sha256) throw new Error(`file ${index} of ${item.id} was never inspected`);
    const seen = await office.inspector.inspect({ area: 'vault', sha256: released.sha256 });
    if (!seen.ok) return sendBack(office, 'gate', item.id, seen.error);
    inspector = seen.value.inspector;
    views.push({
      original: await loadJson(office, inspection, sha256),
      release: seen.value,
      stampTexts: stampTexts(office, item),
    });
  }
  const passed = examineRelease(item, views);
  if (!passed.ok) return sendBack(office, 'gate', item.id, passed.error);

  const unsigned = {
    files: item.release.files.map(({ sha256 }) => sha256),
    binding: bindingOf(item),
    inspector,
    at: startedAt,
  };
  const signature = toHex(await office.signer.sign(new TextEncoder().encode(canonicalJson(unsigned))));
  const pass: GatePass = { ...unsigned, signature };

  // Two attachments may come out as the same bytes, and so may a second edition in which nothing was changed.
  const unheld: string[] = [];
  for (const sha256 of new Set(pass.files))
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
        binding: pass.binding,
        publishedAt: at,
        until: standing.value.until ?? 'long-term',
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
