import { bindingOf, everyone, type Office, sha256Hex, visible } from '@gongkai/core';
import { drain, testOffice } from '@gongkai/core/memory';
import { describe, expect, it } from 'vitest';
import {
  approveBy,
  current,
  defaultPolicy,
  draftWith,
  first,
  maker,
  redactAll,
  say,
  second,
} from '../scenario/office-at-work.ts';
import { failpoints, Killed, type Mode } from './failpoints.ts';

const policy = defaultPolicy();
const texts = ['[[resident-id:110101199003071234]] 关于预算的公告', '附件'];

/** What the people do. After a kill they look at the screen and do what is still to be done; nothing is forced. */
const carryOn = async (office: Office, clock: Parameters<typeof drain>[1], id: string): Promise<void> => {
  for (let round = 0; round < 30; round += 1) {
    await drain(office, clock);
    const item = await current(office, id);
    switch (item.state) {
      case 'draft':
        if (item.redactions.length === 0) await redactAll(office, id);
        await approveBy(office, id, maker);
        break;
      case 'first-review':
        await approveBy(office, id, first);
        break;
      case 'second-review':
        await approveBy(office, id, second);
        break;
      case 'published':
        return;
      default:
        throw new Error(`stuck in ${item.state}: ${JSON.stringify(item.trouble)}`);
    }
  }
  throw new Error('never published');
};

/** I1 public bytes were approved by two others; I2 nothing is lost; I4 every change has its audit entry, once. */
const invariants = async (office: Office, id: string): Promise<void> => {
  const item = await current(office, id);
  expect(visible(item, everyone, office.clock.now())).toBe('visible');
  const reviewers = item.decisions.filter(({ checkpoint }) => checkpoint !== 'self');
  expect(new Set(reviewers.map(({ person }) => person)).size).toBe(2);
  for (const { person, binding } of reviewers) {
    expect(item.editors).not.toContain(person);
    expect(binding).toBe(bindingOf(item));
  }
  expect(item.pass?.files).toEqual(item.release?.files.map(({ sha256 }) => sha256));
  for (const sha256 of [...item.files.map((file) => file.sha256), ...(item.pass?.files ?? [])]) {
    const stream = await office.blobs.open({ area: 'vault', sha256 });
    let text = '';
    for await (const chunk of stream ?? []) text += new TextDecoder().decode(chunk);
    expect(sha256Hex(text)).toBe(sha256);
  }
  const { rows } = await office.records.query({ partition: `history/${id}`, limit: 1000 });
  const events = rows.map((row) => row.data as { action: string; before: string; after: string });
  // Each entry begins where the one before it ended: no change without an entry, no entry without a change.
  for (const [index, event] of events.entries()) expect(event.before).toBe(events[index - 1]?.after ?? '');
  expect(events.at(-1)?.after).toBe(item.state);
  for (const once of ['publication.created', 'numbers.assigned', 'gate.passed', 'publication.published'])
    expect(events.filter(({ action }) => action === once)).toHaveLength(1);
  expect(await office.queue.depth()).toEqual({ waiting: 0, dead: 0 });
};

const runWithKill = async (at: number, mode: Mode): Promise<number> => {
  const armed = failpoints(at, mode);
  const { office: plain, clock } = testOffice(policy);
  const id = await draftWith(plain, texts);
  const office = armed.sabotage(plain);
  try {
    await carryOn(office, clock, id);
  } catch (cause) {
    if (!(cause instanceof Killed) && !String(cause).includes('dead')) throw cause;
  }
  armed.revive();
  // Visibility timeouts of what the dead process held run out.
  clock.advance(700);
  await carryOn(plain, clock, id);
  await invariants(plain, id);
  return armed.calls;
};

describe('a kill at any call to any port', () => {
  it.each<Mode>(['before', 'after'])(
    '%s its effect: the document still gets out once, properly',
    async (mode) => {
      const all = await runWithKill(Number.POSITIVE_INFINITY, mode);
      expect(all).toBeGreaterThan(80);
      let reached = 0;
      for (let at = 1; at <= all; at += 1) if ((await runWithKill(at, mode)) >= at) reached += 1;
      expect(reached).toBe(all); // every failpoint was reached
    },
  );
});

describe('two workers on one queue', () => {
  it('do every step once between them', async () => {
    const { office, clock } = testOffice(policy);
    const id = await draftWith(office, texts);
    await Promise.all([drain(office, clock), drain(office, clock)]);
    await redactAll(office, id);
    await approveBy(office, id, maker, first);
    expect((await say(office, second, id)).ok).toBe(true);
    await Promise.all([drain(office, clock), drain(office, clock), drain(office, clock)]);
    await invariants(office, id);
  });
});
