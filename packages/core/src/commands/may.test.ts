import { expect, it } from 'vitest';
import type { Actor, Role } from '../people/index.ts';
import type { Policy } from '../policy/index.ts';
import { metadata, open, type Publication, type State } from '../publication/index.ts';
import { whatMay } from './may.ts';

const now = '2026-02-10T01:00:00.000Z';
// Only what `whatMay` asks of a policy.
const policy = {
  grounds: [{ key: 'privacy' }],
  requiredMetadata: [],
  people: { newReviewerWaitHours: 24 },
  columns: [],
  displayRules: [],
} as unknown as Policy;

const actor = (person: string, ...roles: Role[]): Actor => ({
  person,
  name: person,
  account: person,
  roles,
  via: 'console',
});
const maker = actor('m', 'maker');
const item = (state: State, change: Partial<Publication> = {}): Publication => ({
  ...open(
    { id: 'p', correlationId: 'c', metadata: metadata.parse({}), display: { kind: 'days', amount: 7 } },
    maker,
    now,
  ),
  state,
  ...change,
});

const may = (one: Publication, who: Actor) => whatMay({ policy }, one, who, now);

it('lets a maker edit and discard a draft, and says what keeps it from being submitted', () => {
  const { may: can, why } = may(item('draft'), maker);
  expect(can).toEqual(['edit', 'refuse', 'discard']); // 自审 may end with 不予公开
  expect(why?.code).toBe('metadata-incomplete'); // no file yet
  expect(may(item('draft'), actor('other', 'maker')).may).toEqual(['edit', 'refuse']);
  expect(may(item('draft'), actor('r', 'first-reviewer')).may).toEqual([]);
});

it('lets the reviewer of this checkpoint return and refuse, and tells the maker why not', () => {
  expect(may(item('first-review'), actor('r', 'first-reviewer')).may).toEqual(['return', 'refuse']);
  expect(may(item('second-review'), actor('r', 'first-reviewer')).may).toEqual([]);
  const both = actor('m', 'maker', 'first-reviewer');
  expect(may(item('first-review'), both)).toMatchObject({ may: ['recall'], why: { code: 'same-person' } });
});

it('offers withdrawal, replacement and the end of display where the rules allow them', () => {
  const out = item('published', { floorUntil: '2026-02-17T16:00:00.000Z' });
  expect(may(out, actor('r', 'second-reviewer')).may).toEqual(['withdraw']);
  expect(may(out, maker).may).toEqual(['replace']);
  expect(may({ ...out, floorUntil: now }, maker).may).toEqual(['end-display', 'replace']);
});

it('leaves nothing of their own to a maker who is none any more', () => {
  const former = actor('m', 'supervisor');
  const scheduled = item('scheduled', { publishAt: '2026-02-11T01:00:00.000Z' });
  expect(may(scheduled, maker).may).toEqual(['recall']);
  for (const one of [item('draft'), item('first-review'), scheduled])
    expect(may(one, former).may).toEqual([]);
});
