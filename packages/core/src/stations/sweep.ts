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
 * down is caught up, in order. Each step is idempotent; `visible()` has long told readers the truth.
 */
export const sweep = async (given: Office, limit = 100): Promise<readonly Swept[]> => {
  const office = audited(given, taskAudit.sweep);
  const swept: Swept[] = [];
  const now = office.clock.now();
  const { items } = await listBare(office, { index: 'due', partition: 'timer', to: `${now}~`, limit });
  for (const { item } of items) {
    const due = dueNow(item, office.policy, now);
    if (!due) continue;
    // What stands without end is locked for another year.
    if (due.what === 'yearly-check') await retain(office, item);
    await fire(office, item.id, due.what);
    swept.push({ id: item.id, what: due.what });
  }
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
