import type { Office } from '../commands/office.ts';
import type { RecordsQueue } from '../outbox/index.ts';
import { type Actor, machine } from '../people/index.ts';
import type { Row } from '../ports/index.ts';
import { type Publication, publication, type State, state } from '../publication/index.ts';
import { ok } from '../refusal/index.ts';
import { audited, type Follow, placesOf, update } from '../repository/index.ts';
import { taskAudit } from './audit-duties.ts';

/** What was mended: which publication (or message), and what had been missed. */
export type Reconciled = {
  readonly subject: string;
  readonly what: 'message-relisted' | 'message-sent-again' | 'record-relisted';
  readonly detail: string;
};

const reconciler: Actor = machine('reconcile');

/** What a machine owes this publication, by its state alone; nothing while it waits for a person or for its hour. */
const owed = (item: Publication): readonly Follow[] => {
  switch (item.state) {
    case 'rendering':
      return [{ type: 'render' }];
    case 'gating':
      return [{ type: 'gate' }];
    case 'draft':
      return item.files.flatMap((file): Follow[] => {
        const payload = { file: file.id };
        if (file.progress === 'received') return [{ type: 'intake', payload }];
        if (file.progress === 'accepted') return [{ type: 'convert', payload }];
        return file.progress === 'converted' ? [{ type: 'inspect', payload }] : [];
      });
    default:
      return [];
  }
};

const same = (a: Row['indexes'], b: Row['indexes']): boolean =>
  (['work', 'due', 'public', 'recent'] as const).every(
    (name) => a[name]?.partition === b[name]?.partition && a[name]?.sort === b[name]?.sort,
  );

type Seen = { readonly item: Publication; readonly version: number; readonly placed: boolean };

async function* records(office: Office, states: readonly State[], past: boolean): AsyncGenerator<Seen> {
  const lists = [
    ...states.map((one) => ({ index: 'work', partition: `state/${one}` }) as const),
    // A second way to what was public, should its place among the states be lost.
    ...(past ? [{ index: 'recent', partition: 'public' } as const] : []),
  ];
  for (const where of lists) {
    let cursor: string | undefined;
    do {
      const page = await office.records.query({
        ...where,
        limit: 200,
        ...(cursor === undefined ? {} : { cursor }),
      });
      for (const row of page.rows) {
        const item = publication.parse(row.data);
        yield { item, version: row.version, placed: same(row.indexes, placesOf(item, office.policy)) };
      }
      cursor = page.cursor;
    } while (cursor !== undefined);
  }
}

/**
 * 对账: compares what the records say with what is under way, and sets going again whatever was missed: a message that
 * stands in no index, a document in a machine's hands that no message speaks of, a record that is not where its timer or
 * list looks for it. Every repair is an audited change under the version that was seen, so one that is late or doubled
 * does nothing. `everything` also looks at records at rest, which is as much work as there are records.
 */
export const reconcile = async (
  given: Office & { readonly queue: RecordsQueue },
  everything = false,
): Promise<readonly Reconciled[]> => {
  const office = audited(given, taskAudit.reconcile);
  const done: Reconciled[] = [];
  const seen: Seen[] = [];
  const machines: readonly State[] = ['draft', 'rendering', 'gating'];
  for await (const one of records(office, everything ? state.options : machines, everything))
    if (!one.placed || owed(one.item).length > 0) seen.push(one);

  // After the records: what was sent meanwhile is found here, what was done meanwhile fails its version below.
  const underWay = new Set<string>();
  for await (const { message, relisted } of office.queue.everyMessage()) {
    underWay.add(message.subject);
    if (relisted) done.push({ subject: message.subject, what: 'message-relisted', detail: message.type });
  }
  for (const { item, version, placed } of seen) {
    const follow = underWay.has(item.id) ? [] : owed(item);
    if (placed && follow.length === 0) continue;
    const what = follow.length > 0 ? 'message-sent-again' : 'record-relisted';
    const detail = follow.map(({ type }) => type).join(' ');
    const outcome = await update(
      office,
      item.id,
      reconciler,
      (fresh) => ok({ action: `reconciled.${what}`, details: { detail }, item: fresh, follow }),
      version,
    );
    if (outcome.ok) done.push({ subject: item.id, what, detail });
  }
  if (done.length > 0) office.committed?.();
  return done;
};
