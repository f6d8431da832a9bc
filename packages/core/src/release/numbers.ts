import { localDate as dayOf } from '../calendar/index.ts';
import type { Office } from '../commands/office.ts';
import { machine } from '../people/index.ts';
import type { Publication } from '../publication/index.ts';
import { ok } from '../refusal/index.ts';
import { keys, load, update } from '../repository/index.ts';
import { formatIndexNumber } from './index-number.ts';
import { verificationCode } from './verification-code.ts';

export type Numbers = { readonly indexNumber: string; readonly code: string };

/**
 * 索引号 and verification code, given once and for good at the first rendering: counter, number and publication
 * in one commit, so that two publications can never share a number and none is skipped.
 */
export const assignNumbers = async (
  office: Office,
  id: string,
): Promise<{ item: Publication; numbers: Numbers } | undefined> => {
  const loaded = await load(office, id);
  if (loaded?.item.state !== 'rendering') return undefined;
  if (loaded.item.numbers) return { item: loaded.item, numbers: loaded.item.numbers };

  const outcome = await update(office, id, machine('render'), async (item, now) => {
    if (item.state !== 'rendering' || item.numbers) return ok(undefined);
    const year = Number(dayOf(now).slice(0, 4));
    const counter = keys.counter(`index-number/${year}`);
    const row = await office.records.get(counter);
    const serial = (typeof row?.data === 'number' ? row.data : 0) + 1;
    const { indexNumber: template, office: own } = office.policy;
    const numbers: Numbers = {
      indexNumber: formatIndexNumber(template, { orgCode: own.orgCode, year, serial }),
      code: verificationCode(office.randomness.bytes(10)),
    };
    return ok({
      action: 'numbers.assigned',
      details: { ...numbers },
      item: { ...item, numbers },
      writes: [
        { kind: 'put', key: counter, data: serial, expect: row?.version ?? 'absent' },
        { kind: 'put', key: keys.indexNumber(numbers.indexNumber), data: id, expect: 'absent' },
        { kind: 'put', key: keys.code(numbers.code), data: id, expect: 'absent' },
      ],
    });
  });
  if (!outcome.ok) throw new Error(outcome.error.code);
  const { item } = outcome.value;
  return item.state === 'rendering' && item.numbers ? { item, numbers: item.numbers } : undefined;
};
