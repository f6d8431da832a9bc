import type { Office } from '../commands/office.ts';
import { machine } from '../people/index.ts';
import { ok } from '../refusal/index.ts';
import { dueNow, markExpired } from '../release/index.ts';
import { audited, listBare, update } from '../repository/index.ts';
import { taskAudit } from './audit-duties.ts';
import { publish } from './publish.ts';
import { retain } from './retain.ts';

export type Swept = { readonly id: string; readonly what: 'publish' | 'expire' | 'remind' | 'yearly-check' };

/**
 * The clock. Sweeps by state, not by "since the last run": whatever is due and was missed while the machine was
 * down is caught up, in order, `limit` at a time. Each step is idempotent; `visible()` has long told readers the truth.
 * One that cannot be done (its bytes are gone) holds up nobody else: the others first, then it is told by throwing.
 */
export const sweep = async (given: Office, limit = 100): Promise<readonly Swept[]> => {
  const office = audited(given, taskAudit.sweep);
  const swept: Swept[] = [];
  const failed: unknown[] = [];
  const now = office.clock.now();
  let cursor: string | undefined;
  do {
    const page = await listBare(office, {
      index: 'due',
      partition: 'timer',
      to: `${now}~`,
      limit,
      ...(cursor === undefined ? {} : { cursor }),
    });
    for (const { item } of page.items) {
      // Its place may be of other rules than today's: then there is nothing to do yet.
      const due = dueNow(item, office.policy, now);
      if (!due) continue;
      try {
        // What stands without end is locked for another year.
        if (due.what === 'yearly-check') await retain(office, item);
        await fire(office, item.id, due.what);
        swept.push({ id: item.id, what: due.what });
      } catch (cause) {
        failed.push(cause);
      }
    }
    cursor = page.cursor;
  } while (cursor !== undefined && swept.length < limit);
  if (failed.length > 0) throw failed[0];
  return swept;
};

const fire = async (office: Office, id: string, what: Swept['what']): Promise<void> => {
  if (what === 'publish')
    return publish(office, {
      id: `sweep:${id}`,
      type: 'publish',
      version: 1,
      subject: id,
      payload: {},
      occurredAt: office.clock.now(),
      causationId: 'sweep',
      correlationId: id,
    });
  const outcome = await update(office, id, machine('clock'), (item, now) => {
    if (dueNow(item, office.policy, now)?.what !== what) return ok(undefined);
    switch (what) {
      case 'expire': {
        const next = markExpired(item, now);
        if (!next.ok) return next;
        return ok({
          action: 'publication.expired',
          details: { until: item.until },
          item: next.value,
          follow: [{ type: 'index' }, { type: 'notify', payload: { person: item.maker, about: 'expired' } }],
        });
      }
      case 'remind':
        return ok({
          action: 'reminder.sent',
          details: { until: item.until },
          item: { ...item, remindedAt: now },
          follow: [{ type: 'notify', payload: { person: item.maker, about: 'expires-soon' } }],
        });
      case 'yearly-check':
        return ok({
          action: 'yearly-check.due',
          item: { ...item, yearlyCheckAt: now },
          follow: [{ type: 'notify', payload: { person: item.maker, about: 'yearly-check' } }],
        });
    }
  });
  if (!outcome.ok) throw new Error(outcome.error.code);
};
