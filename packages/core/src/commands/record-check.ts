import { type AuditEvent, auditEvent, recordHash } from '../audit/index.ts';
import type { Key, Query, Row } from '../ports/index.ts';
import { state } from '../publication/index.ts';
import { keys, personKey } from '../repository/index.ts';
import type { Office } from './office.ts';
import { auditEntries } from './sequencer.ts';

/**
 * What the records say and the log does not, or the other way round:
 * - `changed`: the record is not what its last entry left.
 * - `missing`: the log speaks of a record that is not there.
 * - `history`: its own history and the log tell different stories.
 */
export type RecordFault = {
  readonly subject: string;
  readonly fault: 'changed' | 'missing' | 'history';
  readonly zh: string;
  readonly en: string;
};

const sentences = {
  changed: [
    '记录与审计日志中的最后一条不符，被绕过系统改动过',
    'the record is not what its last audit entry left',
  ],
  missing: ['审计日志中有这条记录，数据库中没有', 'the log speaks of a record that is not there'],
  history: ['它自己的经过与审计日志不一致', 'its own history does not agree with the log'],
} as const;

const faultOf = (subject: string, fault: RecordFault['fault']): RecordFault => ({
  subject,
  fault,
  zh: `${subject}：${sentences[fault][0]}`,
  en: `${subject}: ${sentences[fault][1]}`,
});

type Held = Pick<Office, 'records'>;

/** The events of one subject: their ids, and what the record was after the last that told it. */
type Story = { readonly ids: Set<string>; last: string };

const tell = (stories: Map<string, Story>, { subject, id, record }: AuditEvent): void => {
  const story = stories.get(subject) ?? { ids: new Set(), last: '' };
  story.ids.add(id);
  story.last = record ?? story.last;
  stories.set(subject, story);
};

async function* rowsOf(office: Held, query: Pick<Query, 'index' | 'partition'>): AsyncGenerator<Row> {
  let cursor: string | undefined;
  do {
    const page = await office.records.query({
      ...query,
      limit: 500,
      ...(cursor === undefined ? {} : { cursor }),
    });
    yield* page.rows;
    cursor = page.cursor;
  } while (cursor !== undefined);
}

/** The log from entry `from` on and what waits for its place, by subject. */
const readLog = async (
  office: Held,
  from: number,
): Promise<{ stories: Map<string, Story>; size: number }> => {
  const stories = new Map<string, Story>();
  let size = from;
  for await (const entry of auditEntries(office, from)) {
    tell(stories, entry);
    size = entry.seq + 1;
  }
  for await (const { data } of rowsOf(office, { partition: 'audit-pending' }))
    tell(stories, auditEvent.parse(data));
  return { stories, size };
};

const keyOf = (subject: string): Key =>
  subject.startsWith('pub_') ? keys.publication(subject) : personKey(subject);

/** Record and history of one moment: read again when somebody has worked on it in between. */
const readRecord = async (office: Held, subject: string): Promise<{ row: Row | undefined; story: Story }> => {
  for (;;) {
    const row = await office.records.get(keyOf(subject));
    const stories = new Map<string, Story>();
    for await (const { data } of rowsOf(office, { partition: `history/${subject}` }))
      tell(stories, auditEvent.parse(data));
    const after = await office.records.get(keyOf(subject));
    if (row?.version === after?.version)
      return { row, story: stories.get(subject) ?? { ids: new Set(), last: '' } };
  }
};

const within = (inner: Story, ...outer: readonly (Story | undefined)[]): boolean =>
  [...inner.ids].every((id) => outer.some((story) => story?.ids.has(id)));

/**
 * 记录核对: compares publications and people with the audit log, at which `audit verify` does not look: that one
 * proves the log, this one proves the records by the log. May run while the office is at work. Verify the log
 * first, best with a checkpoint kept elsewhere: whoever rewrites both agrees with themselves.
 */
export async function* recordFaults(office: Held): AsyncGenerator<RecordFault> {
  const log = await readLog(office, 0);
  const subjects = new Set([...log.stories.keys()].filter((subject) => /^(pub|per)_/.test(subject)));
  for (const one of state.options)
    for await (const { data } of rowsOf(office, { index: 'work', partition: `state/${one}` }))
      subjects.add(String((data as { id?: unknown }).id));
  for await (const { sort } of rowsOf(office, { partition: 'people' })) subjects.add(sort);

  for (const subject of subjects) {
    const told = log.stories.get(subject) ?? { ids: new Set(), last: '' };
    const { row, story } = await readRecord(office, subject);
    const whole = within(told, story) && within(story, told);
    // What was added since the log was read is in its tail by now, or waits for its place.
    const late = whole ? undefined : (await readLog(office, log.size)).stories.get(subject);
    if (!within(told, story) || !within(story, told, late) || story.ids.size === 0)
      yield faultOf(subject, 'history');
    else if (row === undefined) {
      if (story.last !== '') yield faultOf(subject, 'missing');
    } else if (story.last !== '' && recordHash(row.data) !== story.last) yield faultOf(subject, 'changed');
  }
}
