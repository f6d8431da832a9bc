import {
  type Clock,
  type Delivery,
  type Message,
  outboxWrite,
  type Queue,
  type Records,
} from '@gongkai/core';
import { TestClock } from '@gongkai/core/memory';
import fc from 'fast-check';
import { describe, expect } from 'vitest';
import { casesOf, type Failing } from './cases.ts';

const messageOf = (id: string, occurredAt = '2026-02-10T01:00:00.000Z'): Message => ({
  id,
  type: 'convert',
  version: 1,
  subject: 'pub_1',
  payload: { n: 1 },
  occurredAt,
  causationId: 'cause',
  correlationId: 'upload',
});

const idsOf = (deliveries: readonly Delivery[]): string[] =>
  deliveries.map(({ message }) => message.id).sort();

/** What every Queue must do. A message enters with `outboxWrite` in a commit of the Records under it. */
export const queueContract = (
  name: string,
  make: (clock: Clock) => Promise<{ records: Records; queue: () => Queue }>,
  failing: Failing = {},
  /** Of the property over random runs: fewer where each request takes long. */
  runs = 50,
): void => {
  describe(`queue contract: ${name}`, () => {
    const it = casesOf(failing);
    const fresh = async () => {
      const clock = new TestClock('2026-02-10T01:00:00.000Z');
      const { records, queue } = await make(clock);
      const send = async (...ids: string[]) => {
        const outcome = await records.commit(ids.map((id) => outboxWrite(messageOf(id), clock.now())));
        expect(outcome).toEqual({ ok: true });
      };
      return { clock, records, queue: queue(), another: queue(), send };
    };

    it('hands out what was committed, whole, and counts the attempt', async () => {
      const { queue, send } = await fresh();
      expect(await queue.receive(10, 30)).toEqual([]);
      await send('m1');
      const [delivery] = await queue.receive(10, 30);
      expect(delivery).toMatchObject({ message: messageOf('m1'), attempt: 1 });
    });

    it('has no message of a commit that failed', async () => {
      const { queue, records, clock } = await fresh();
      const outcome = await records.commit([
        outboxWrite(messageOf('m1'), clock.now()),
        { kind: 'check', key: { partition: 'p', sort: 'missing' }, expect: 1 },
      ]);
      expect(outcome.ok).toBe(false);
      expect(await queue.receive(10, 30)).toEqual([]);
    });

    it('hides what is in hand, and delivers it again when its worker died', async () => {
      const { queue, another, send, clock } = await fresh();
      await send('m1');
      await queue.receive(10, 30);
      expect(await another.receive(10, 30)).toEqual([]);
      clock.advance(29);
      expect(await another.receive(10, 30)).toEqual([]);
      clock.advance(1);
      const [again] = await another.receive(10, 30);
      expect(again).toMatchObject({ message: messageOf('m1'), attempt: 2 });
    });

    it('never delivers again what is done', async () => {
      const { queue, send, clock } = await fresh();
      await send('m1');
      for (const delivery of await queue.receive(10, 30)) await queue.done(delivery);
      clock.advance(3600);
      expect(await queue.receive(10, 30)).toEqual([]);
      expect(await queue.depth()).toEqual({ waiting: 0, dead: 0 });
    });

    it('settles nothing for a worker that overslept: the message is in other hands', async () => {
      const { queue, another, send, clock } = await fresh();
      await send('m1');
      const [overslept] = await queue.receive(10, 30);
      clock.advance(30);
      const [current] = await another.receive(10, 30);
      if (overslept === undefined || current === undefined) throw new Error('nothing was delivered');
      await queue.done(overslept);
      await queue.dead(overslept, 'too late');
      await queue.retry(overslept, 0, 'too late');
      expect(await queue.depth()).toMatchObject({ waiting: 1, dead: 0 });
      expect(await queue.receive(10, 30)).toEqual([]);
      await another.done(current);
      expect(await queue.depth()).toEqual({ waiting: 0, dead: 0 });
    });

    it('delivers again after a retry, not before its delay', async () => {
      const { queue, send, clock } = await fresh();
      await send('m1');
      const [first] = await queue.receive(10, 300);
      if (first === undefined) throw new Error('nothing was delivered');
      await queue.retry(first, 60, 'converter crashed');
      clock.advance(59);
      expect(await queue.receive(10, 30)).toEqual([]);
      clock.advance(1);
      expect(await queue.receive(10, 30)).toMatchObject([{ attempt: 2 }]);
    });

    it('tells what waits: since when, how often tried, with what error, and when it is tried again', async () => {
      const { queue, send, clock } = await fresh();
      await send('m1', 'm2', 'm3');
      const deliveries = await queue.receive(3, 300);
      for (const delivery of deliveries) {
        if (delivery.message.id === 'm1') await queue.done(delivery);
        if (delivery.message.id === 'm2') await queue.retry(delivery, 60, 'converter crashed');
      }
      clock.advance(1);
      await send('m4');
      const enqueuedAt = '2026-02-10T01:00:00.000Z';
      const told = (id: string, rest: object) => ({
        message: messageOf(id),
        attempts: 1,
        enqueuedAt,
        ...rest,
      });
      const later = '2026-02-10T01:00:01.000Z';
      const fourth = { ...told('m4', { attempts: 0, visibleAt: later, inHand: false }), enqueuedAt: later };
      expect(await queue.waiting(10)).toEqual([
        fourth,
        told('m2', { visibleAt: '2026-02-10T01:01:00.000Z', inHand: false, lastError: 'converter crashed' }),
        told('m3', { visibleAt: '2026-02-10T01:05:00.000Z', inHand: true }),
      ]);
      expect(await queue.waiting(1)).toEqual([fourth]);
    });

    it('sets dead letters aside with their error, and puts them back to work on demand', async () => {
      const { queue, send, clock } = await fresh();
      await send('m1', 'm2');
      const deliveries = await queue.receive(10, 30);
      clock.advance(5);
      for (const delivery of deliveries) await queue.dead(delivery, `broke ${delivery.message.id}`);
      clock.advance(3600);
      expect(await queue.receive(10, 30)).toEqual([]);
      expect(await queue.depth()).toEqual({ waiting: 0, dead: 2 });
      const letters = await queue.deadLetters();
      expect(letters.find(({ message }) => message.id === 'm1')).toEqual({
        message: messageOf('m1'),
        attempts: 1,
        lastError: 'broke m1',
        diedAt: '2026-02-10T01:00:05.000Z',
      });
      expect(await queue.revive('m1')).toBe(true);
      expect(await queue.revive('m1')).toBe(false);
      expect(await queue.revive('unknown')).toBe(false);
      expect(await queue.receive(10, 30)).toMatchObject([{ message: messageOf('m1'), attempt: 1 }]);
      expect(await queue.depth()).toMatchObject({ waiting: 1, dead: 1 });
    });

    it('takes no more than asked, the longest waiting first, and reports the depth', async () => {
      const { queue, send, clock } = await fresh();
      for (const id of ['m1', 'm2', 'm3']) {
        await send(id);
        clock.advance(1);
      }
      expect(await queue.depth()).toEqual({ waiting: 3, dead: 0, oldest: '2026-02-10T01:00:00.000Z' });
      expect(idsOf(await queue.receive(2, 30))).toEqual(['m1', 'm2']);
      expect(idsOf(await queue.receive(2, 30))).toEqual(['m3']);
    });

    it('holds a message back that is meant for later', async () => {
      const { queue, records, clock } = await fresh();
      await records.commit([outboxWrite(messageOf('m1'), clock.now(), '2026-02-10T02:00:00.000Z')]);
      clock.advance(3599);
      expect(await queue.receive(10, 30)).toEqual([]);
      clock.advance(1);
      expect(idsOf(await queue.receive(10, 30))).toEqual(['m1']);
    });

    it('gives no message to two workers at once', async () => {
      const { queue, another, send } = await fresh();
      const ids = Array.from({ length: 40 }, (_, n) => `m${n}`);
      await send(...ids);
      const hands = await Promise.all(
        [queue, another, queue, another].map((worker) => worker.receive(40, 30)),
      );
      expect(idsOf(hands.flat())).toEqual(ids.toSorted());
    });

    it('refuses a message that does not fit its schema', async () => {
      expect(() => outboxWrite({ ...messageOf('m1'), type: 'publishh' as 'publish' }, 'now')).toThrow();
    });

    it('loses nothing, whatever workers do: every message ends done or dead, and is held by one at a time', async () => {
      const step = fc.record({
        worker: fc.integer({ min: 0, max: 1 }),
        action: fc.constantFrom('receive', 'done', 'done', 'retry', 'dead', 'crash', 'wait'),
      });
      await fc.assert(
        fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
          const { queue, another, send, clock } = await fresh();
          const workers = [queue, another];
          const sent = ['m1', 'm2', 'm3', 'm4'];
          await send(...sent);
          const settled = new Set<string>();
          const held = new Map<string, { worker: number; until: number; delivery: Delivery }>();
          const now = () => Date.parse(clock.now());
          for (const { worker, action } of steps) {
            const hand = workers[worker] ?? queue;
            const mine = [...held.values()].find((hold) => hold.worker === worker && hold.until > now());
            if (action === 'wait') clock.advance(20);
            else if (action === 'receive') {
              for (const delivery of await hand.receive(2, 30)) {
                const { id } = delivery.message;
                expect(settled.has(id)).toBe(false);
                expect(held.get(id)?.until ?? 0).toBeLessThanOrEqual(now());
                held.set(id, { worker, until: now() + 30_000, delivery });
              }
            } else if (mine !== undefined) {
              const { id } = mine.delivery.message;
              held.delete(id);
              if (action === 'crash') held.set(id, { ...mine, worker: -1 });
              if (action === 'retry') await hand.retry(mine.delivery, 5, 'again');
              if (action === 'dead') await hand.dead(mine.delivery, 'broken');
              if (action === 'done') await hand.done(mine.delivery);
              if (action === 'dead' || action === 'done') settled.add(id);
            }
          }
          clock.advance(3600);
          for (const delivery of await queue.receive(10, 30)) {
            settled.add(delivery.message.id);
            await queue.done(delivery);
          }
          expect([...settled].sort()).toEqual(sent);
          expect((await queue.depth()).waiting).toBe(0);
        }),
        { numRuns: runs },
      );
    });
  });
};
