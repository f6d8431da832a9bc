import type { DayKind } from './calendar.ts';
import type { CalendarDate } from './date.ts';
import type { Deadline, DeadlineInputs } from './deadline.ts';
import { festivalInEnglish } from './festival.ts';

/** What one day did to a deadline. */
export type DeadlineStep = {
  readonly date: CalendarDate;
  readonly kind: DayKind;
  readonly counted: boolean;
  readonly paused?: string;
  /** After the last day, only because that was a day of rest. */
  readonly rolled?: boolean;
};

/** One line of "why this date": a range of days and what they did. */
export type DeadlineReason = {
  readonly from: CalendarDate;
  readonly to: CalendarDate;
  /** Days of this range that count towards the deadline. */
  readonly counted: number;
  readonly zh: string;
  readonly en: string;
};

type Saying = { readonly zh: string; readonly en: string };

const saying = ({ kind, counted, paused, rolled }: DeadlineStep, unit: DeadlineInputs['unit']): Saying => {
  if (paused !== undefined)
    return { zh: `暂停计算（${paused}），不计`, en: `clock stopped (${paused}), not counted` };
  const festival = kind.festival ?? '';
  const english = festivalInEnglish(festival);
  if (rolled)
    return kind.working
      ? {
          zh: '顺延至休息日后的第一个工作日（民法典 §203）',
          en: 'moved to the first working day after the rest (Civil Code §203)',
        }
      : { zh: '休息日，继续顺延', en: 'day of rest, moved on' };
  if (unit === 'day') return { zh: '计入（自然日）', en: 'counted (calendar days)' };
  if (counted) {
    if (kind.festival !== undefined)
      return { zh: `${festival}调休上班，计入`, en: `make-up working day for ${english}, counted` };
    return kind.certain
      ? { zh: '工作日，计入', en: 'working, counted' }
      : {
          zh: '节假日安排尚未公布，暂按周一至周五计入',
          en: 'holiday notice not published yet, counted as Monday to Friday for now',
        };
  }
  if (kind.festival !== undefined)
    return { zh: `${festival}放假，不计`, en: `${english} holiday, not counted` };
  return { zh: '周末，不计', en: 'weekend, not counted' };
};

/** Joins neighbouring days that did the same, between the line of the first day and that of the due date. */
export const explain = (
  { due, provisional, calendarVersion, inputs }: Omit<Deadline, 'reasons'>,
  steps: readonly DeadlineStep[],
): DeadlineReason[] => {
  const ranges: { from: CalendarDate; to: CalendarDate; counted: number; saying: Saying }[] = [];
  for (const step of steps) {
    const said = saying(step, inputs.unit);
    const last = ranges.at(-1);
    if (last !== undefined && last.saying.zh === said.zh) {
      last.to = step.date;
      last.counted += step.counted ? 1 : 0;
    } else {
      ranges.push({ from: step.date, to: step.date, counted: step.counted ? 1 : 0, saying: said });
    }
  }
  const total = inputs.amount + (inputs.extension?.amount ?? 0);
  const unit =
    inputs.unit === 'day'
      ? { zh: '日', en: total === 1 ? 'day' : 'days' }
      : { zh: '个工作日', en: total === 1 ? 'working day' : 'working days' };
  const extended =
    inputs.extension === undefined
      ? { zh: '', en: '' }
      : {
          zh: `（${inputs.amount} + 延长 ${inputs.extension.amount}：${inputs.extension.reason}）`,
          en: ` (${inputs.amount} + extension of ${inputs.extension.amount}: ${inputs.extension.reason})`,
        };
  const doubt = provisional
    ? {
        zh: '；暂定，节假日安排公布后重新计算',
        en: '; provisional, computed again once the holiday notice is out',
      }
    : { zh: '', en: '' };
  return [
    {
      from: inputs.from,
      to: inputs.from,
      counted: 0,
      zh: `${inputs.from} 为起算日，不计入（民法典 §201）`,
      en: `${inputs.from} is the day of the event, not counted (Civil Code §201)`,
    },
    ...ranges.map(({ from, to, counted, saying: { zh, en } }) => {
      const days = counted > 1 ? { zh: ` ${counted} 天`, en: ` (${counted})` } : { zh: '', en: '' };
      return from === to
        ? { from, to, counted, zh: `${from} ${zh}`, en: `${from} ${en}` }
        : {
            from,
            to,
            counted,
            zh: `${from} 至 ${to} ${zh}${days.zh}`,
            en: `${from} to ${to} ${en}${days.en}`,
          };
    }),
    {
      from: due,
      to: due,
      counted: 0,
      zh: `截止日 ${due}：共 ${total} ${unit.zh}${extended.zh}${doubt.zh}（日历 ${calendarVersion}）`,
      en: `due ${due}: ${total} ${unit.en}${extended.en}${doubt.en} (calendar ${calendarVersion})`,
    },
  ];
};
