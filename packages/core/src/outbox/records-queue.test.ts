import { describe, expect, it } from 'vitest';
import { MemoryRecords, TestClock } from '../memory/index.ts';
import type { CommitOutcome, Message, Write } from '../ports/index.ts';
import { outboxWrite, RecordsQueue } from './index.ts';

const message: Message = {
  id: 'msg_1',
  type: 'render',
  version: 1,
  subject: 'pub_1',
  payload: {},
  occurredAt: '2026-02-10T01:00:00.000Z',
  causationId: 'cmd_1',
  correlationId: 'up_1',
};

/** Lets `between` happen after a worker has looked and before it commits. */
class InterruptedRecords extends MemoryRecords {
  between: (() => Promise<unknown>) | undefined;

  override async commit(writes: readonly Write[]): Promise<CommitOutcome> {
    const { between } = this;
    this.between = undefined;
    await between?.();
    return super.commit(writes);
  }
}

// The whole behaviour is in test/contract/queue-contract.ts; here stand the races that need a foot in the door.
describe('queue over records', () => {
  it('skips a message that another worker took between looking and taking', async () => {
    const records = new InterruptedRecords();
    const clock = new TestClock();
    await records.commit([outboxWrite(message, clock.now())]);
    const slow = new RecordsQueue(records, clock);
    const quick = new RecordsQueue(records, clock);
    let taken: readonly unknown[] = [];
    records.between = async () => {
      taken = await quick.receive(1, 30);
    };
    expect(await slow.receive(1, 30)).toEqual([]);
    expect(taken).toHaveLength(1);
  });

  it('delivers again when the worker was killed before it could say done', async () => {
    const records = new MemoryRecords();
    const clock = new TestClock();
    await records.commit([outboxWrite(message, clock.now())]);
    await new RecordsQueue(records, clock).receive(1, 30);
    clock.advance(31);
    expect(await new RecordsQueue(records, clock).receive(1, 30)).toMatchObject([{ message, attempt: 2 }]);
  });

  it('gives what a killed process had in hand to the next one at once, and counts the attempt', async () => {
    const records = new MemoryRecords();
    const clock = new TestClock();
    const other = { ...message, id: 'msg_2' };
    await records.commit([outboxWrite(message, clock.now()), outboxWrite(other, clock.now())]);
    const killed = new RecordsQueue(records, clock);
    const [, second] = await killed.receive(2, 600);
    if (second) await killed.retry(second, 60, 'not yet');
    const next = new RecordsQueue(records, clock);
    expect(await next.receive(2, 600)).toEqual([]);
    expect(await next.takeBack()).toBe(1);
    // What waits for its next try goes on waiting.
    expect(await next.receive(2, 600)).toMatchObject([{ message, attempt: 2 }]);
    expect(await next.takeBack()).toBe(1);
  });

  it('hands out one message by its name: once, not before it is due, not when it is dead or done', async () => {
    const records = new MemoryRecords();
    const clock = new TestClock();
    const queue = new RecordsQueue(records, clock);
    const soon = new Date(Date.parse(clock.now()) + 60_000).toISOString();
    await records.commit([outboxWrite(message, clock.now(), soon)]);
    expect(await queue.take(message.id, 30)).toBeUndefined();
    expect(await queue.due(10)).toEqual([]);
    clock.advance(60);
    expect(await queue.due(10)).toEqual([message]);
    const taken = await queue.take(message.id, 30);
    expect(taken).toMatchObject({ message, attempt: 1 });
    expect(await queue.take(message.id, 30)).toBeUndefined();
    expect(await queue.due(10)).toEqual([]);
    if (taken) await queue.dead(taken, 'broken');
    clock.advance(60);
    expect(await queue.take(message.id, 30)).toBeUndefined();
    await queue.revive(message.id);
    const again = await queue.take(message.id, 30);
    if (again) await queue.done(again);
    clock.advance(60);
    expect(await queue.take(message.id, 30)).toBeUndefined();
    expect(await queue.take('msg_unheard_of', 30)).toBeUndefined();
  });

  it('gives a message called by name to one of two workers', async () => {
    const records = new InterruptedRecords();
    const clock = new TestClock();
    await records.commit([outboxWrite(message, clock.now())]);
    let quick: unknown;
    records.between = async () => {
      quick = await new RecordsQueue(records, clock).take(message.id, 30);
    };
    expect(await new RecordsQueue(records, clock).take(message.id, 30)).toBeUndefined();
    expect(quick).toMatchObject({ message });
  });

  it('does not revive twice when two people press the button at once', async () => {
    const records = new InterruptedRecords();
    const clock = new TestClock();
    const queue = new RecordsQueue(records, clock);
    await records.commit([outboxWrite(message, clock.now())]);
    for (const delivery of await queue.receive(1, 30)) await queue.dead(delivery, 'broken');
    let other = false;
    records.between = async () => {
      other = await new RecordsQueue(records, clock).revive(message.id);
    };
    expect(await queue.revive(message.id)).toBe(false);
    expect(other).toBe(true);
  });

  it('does not send the same message twice', async () => {
    const records = new MemoryRecords();
    const write = outboxWrite(message, '2026-02-10T01:00:00.000Z');
    expect(await records.commit([write])).toEqual({ ok: true });
    expect(await records.commit([write])).toEqual({ ok: false, failed: 0 });
  });
});
