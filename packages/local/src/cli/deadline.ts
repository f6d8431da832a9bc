import { chinaCalendar, deadline, localDate } from '@gongkai/core';
import { type Command, WrongUse } from './command.ts';

const amountOf = (text: string | undefined, name: string): number | undefined => {
  if (text === undefined) return undefined;
  const amount = Number(text);
  if (!Number.isInteger(amount) || amount < 1 || amount > 2000)
    throw new WrongUse(`--${name} ${text}: 1–2000`);
  return amount;
};

export const deadlineCommand: Command = {
  name: 'deadline',
  usage: 'deadline --from 2026-02-10 (--working-days 20 | --days 7)',
  zh: '算出期限，并说明每一天为什么计或不计',
  en: 'computes a deadline and says why each day counts or does not',
  options: { from: { type: 'string' }, 'working-days': { type: 'string' }, days: { type: 'string' } },
  run: async (given) => {
    const working = amountOf(given.value('working-days'), 'working-days');
    const plain = amountOf(given.value('days'), 'days');
    if ((working === undefined) === (plain === undefined)) throw new WrongUse('--working-days | --days');
    const from = given.value('from') ?? localDate(new Date().toISOString());
    const done = deadline(
      {
        from,
        amount: working ?? plain ?? 0,
        unit: working === undefined ? 'day' : 'working-day',
        pauses: [],
      },
      chinaCalendar,
    );
    if (!done.ok) return given.refuse(done.error);
    const { due, provisional, calendarVersion, reasons } = done.value;
    given.say({ ok: true, ...done.value }, [
      `${due}${provisional ? '（暂定 / provisional）' : ''}`,
      ...reasons.map(({ zh, en }) => `  ${zh} / ${en}`),
      `  日历版本 / calendar: ${calendarVersion}`,
    ]);
    return 0;
  },
};
