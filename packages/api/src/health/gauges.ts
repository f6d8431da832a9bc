import { auditState, faultsOf, heldOf, type Office, type State, state } from '@gongkai/core';

export type Gauge = {
  readonly name: string;
  readonly help: string;
  readonly values: readonly { readonly labels?: Readonly<Record<string, string>>; readonly value: number }[];
};

/** Counting stops here: a gauge may say "at least so many", a scrape may not read a whole archive. */
const most = 10_000;

const count = async (office: Office, query: Parameters<Office['records']['query']>[0]): Promise<number> => {
  let found = 0;
  let cursor: string | undefined;
  do {
    const page = await office.records.query({
      ...query,
      limit: 1000,
      ...(cursor === undefined ? {} : { cursor }),
    });
    found += page.rows.length;
    cursor = page.cursor;
  } while (cursor !== undefined && found < most);
  return found;
};

const ageSeconds = (now: string, since: string | undefined): number =>
  since === undefined ? 0 : Math.max(0, (Date.parse(now) - Date.parse(since)) / 1000);

const waitsForAPerson: readonly State[] = ['first-review', 'second-review', 'principal-review'];

/** Since when the oldest one waits in this state. */
const oldestIn = async (office: Office, one: State): Promise<string | undefined> => {
  const { rows } = await office.records.query({ index: 'work', partition: `state/${one}`, limit: 1 });
  return rows[0]?.indexes.work?.sort.split('#')[0];
};

/** Timers whose hour has passed and that no sweep has seen to yet. */
export const overdueTimers = (office: Office, at: string, limit: number): Promise<number> =>
  office.records.query({ index: 'due', partition: 'timer', to: at, limit }).then(({ rows }) => rows.length);

/** What an operator has to look at: late work, stuck work, lost work. */
export const gauges = async (office: Office): Promise<readonly Gauge[]> => {
  const now = office.clock.now();
  const one = (name: string, help: string, value: number): Gauge => ({ name, help, values: [{ value }] });
  const [overdue, depth, held, faults, audit, uploads, oldest, counts] = await Promise.all([
    overdueTimers(office, now, 1000),
    office.queue.depth(),
    heldOf(office, 1000),
    faultsOf(office),
    auditState(office),
    count(office, { index: 'recent', partition: 'uploads' }),
    Promise.all(waitsForAPerson.map((which) => oldestIn(office, which))),
    Promise.all(
      state.options.map(async (which) => ({
        labels: { state: which },
        value: await count(office, { index: 'work', partition: `state/${which}` }),
      })),
    ),
  ]);
  const waitingSince = oldest.filter((since) => since !== undefined).sort()[0];
  return [
    one('gongkai_timers_overdue', 'Timers whose hour has passed and that were not swept', overdue),
    one('gongkai_queue_waiting', 'Messages waiting for a machine station', depth.waiting),
    one('gongkai_queue_dead', 'Dead letters', depth.dead),
    one(
      'gongkai_queue_held',
      'Steps that failed and are tried again, or that nobody has come to for two minutes (at most 1000)',
      held.length,
    ),
    one('gongkai_faults', 'Bytes that a record speaks of and that are missing (at most 1000)', faults.length),
    one('gongkai_outbox_oldest_seconds', 'Age of the oldest waiting message', ageSeconds(now, depth.oldest)),
    one(
      'gongkai_person_wait_oldest_seconds',
      'Age of the oldest document that waits for a person',
      ageSeconds(now, waitingSince),
    ),
    one('gongkai_audit_pending', 'Audit events without their place in the log (at most 1000)', audit.pending),
    one('gongkai_audit_size', 'Entries in the audit log', audit.size),
    one('gongkai_uploads_open', 'Uploads under way', uploads),
    {
      name: 'gongkai_publications',
      help: `Publications by state (counted up to ${most})`,
      values: counts,
    },
  ];
};

const labelsOf = (labels: Readonly<Record<string, string>> = {}): string => {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}="${value}"`);
  return pairs.length === 0 ? '' : `{${pairs.join(',')}}`;
};

/** Prometheus' text format, version 0.0.4. */
export const prometheusText = (all: readonly Gauge[]): string =>
  all
    .flatMap(({ name, help, values }) => [
      `# HELP ${name} ${help}`,
      `# TYPE ${name} gauge`,
      ...values.map(({ labels, value }) => `${name}${labelsOf(labels)} ${value}`),
    ])
    .map((line) => `${line}\n`)
    .join('');
