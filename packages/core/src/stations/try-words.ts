import type { Office } from '../commands/office.ts';
import { type Trial, type TrialHit, trial } from '../dictionary/index.ts';
import type { Finding } from '../document/index.ts';
import { outboxWrite } from '../outbox/index.ts';
import type { Message, Write } from '../ports/index.ts';
import { type Publication, saidInCatalogue } from '../publication/index.ts';
import { keys, list } from '../repository/index.ts';

/** Publications for one message: what waits in the queue meanwhile is not held up. */
const atOnce = 5;

type Words = TrialHit['words'];

const counted = (findings: readonly Finding[], { words }: Trial): Words =>
  words.flatMap(({ word }) => {
    const own = findings.filter(
      ({ kind, text }) => kind === 'office-word' && samePlain(text) === samePlain(word),
    );
    const pages = new Set(own.map(({ boxes }) => boxes[0]?.page ?? 0));
    return own.length === 0 ? [] : [{ word, count: own.length, pages: [...pages].sort((a, b) => a - b) }];
  });

const samePlain = (text: string): string => text.normalize('NFKC').replace(/\s+/g, '').toLowerCase();

/** The very bytes that are public, and what the catalogue says of them. Undefined: they could not be read. */
const lookThrough = async (office: Office, item: Publication, run: Trial): Promise<Words | undefined> => {
  const words = { version: -1, words: run.words };
  const said = await office.inspector.inspectText(
    saidInCatalogue(item.metadata, office.policy),
    'title',
    words,
  );
  const findings = [...said];
  for (const sha256 of item.pass?.files ?? []) {
    const seen = await office.inspector.inspect({ area: 'vault', sha256 }, words);
    if (!seen.ok) return undefined;
    findings.push(...seen.value.findings);
  }
  return counted(findings, run);
};

/** 试运行, a few publications at a time: how far it is, what it found and what comes next are one commit. */
export const tryWords = async (office: Office, message: Message): Promise<void> => {
  const row = await office.records.get(keys.trial(message.subject));
  if (row === undefined) return;
  const run = trial.parse(row.data);
  if (run.state === 'done' || run.page !== message.payload.page) return;
  const { items, cursor } = await list(office, {
    index: 'recent',
    partition: 'public',
    limit: atOnce,
    ...(run.cursor === undefined ? {} : { cursor: run.cursor }),
  });
  const now = office.clock.now();
  const hits: TrialHit[] = [];
  let [seen, unread] = [run.seen, run.unread];
  for (const { item } of items) {
    // What is scheduled has passed the gate as well, with the dictionary of that day.
    if (item.state !== 'published' && item.state !== 'scheduled') continue;
    const words = await lookThrough(office, item, run);
    seen += 1;
    if (words === undefined) unread += 1;
    if (words === undefined || words.length > 0)
      hits.push({
        publication: item.id,
        // What is not public yet has no title for everybody who may read this.
        title: item.state === 'published' ? item.metadata.title : '',
        publishedAt: item.publishedAt ?? now,
        words: words ?? [],
      });
  }
  const { cursor: _, ...before } = run;
  const upTo = items.at(-1)?.item.publishedAt ?? run.upTo;
  const next: Trial = {
    ...before,
    page: run.page + 1,
    seen,
    unread,
    found: run.found + hits.filter(({ words }) => words.length > 0).length,
    ...(upTo === undefined ? {} : { upTo }),
    ...(cursor === undefined ? { state: 'done', doneAt: now } : { cursor }),
  };
  const writes: Write[] = [
    { kind: 'put', key: keys.trial(run.id), data: next, expect: row.version },
    ...hits.map((hit): Write => {
      const key = keys.trialHit(run.id, hit.publishedAt, hit.publication);
      return { kind: 'put', key, data: hit, expect: 'absent' };
    }),
  ];
  if (cursor !== undefined)
    writes.push(
      outboxWrite(
        {
          ...message,
          id: office.ids.next('msg'),
          payload: { page: next.page },
          occurredAt: now,
          causationId: message.id,
        },
        now,
      ),
    );
  if ((await office.records.commit(writes)).ok) return office.committed?.();
  // Somebody else did this page meanwhile, and their message goes on. Otherwise the queue tries again.
  const after = await office.records.get(keys.trial(run.id));
  if (after?.version === row.version) throw new Error('try-words: the page was not kept');
};
