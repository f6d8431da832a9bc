import type {
  Clock,
  DeadLetter,
  Delivery,
  IndexName,
  Instant,
  Message,
  Queue,
  Records,
  Row,
  WaitingMessage,
  Write,
} from '../ports/index.ts';
import { deadPartition, type OutboxRow, outboxKey, waitingPartition, waitingSince } from './outbox-row.ts';

const later = (from: Instant, seconds: number): Instant =>
  new Date(Date.parse(from) + seconds * 1000).toISOString();

/** The first text after every instant that equals `at`: makes an exclusive end inclusive. */
const through = (at: Instant): string => `${at} `;

// Only this folder writes these rows, and `outboxWrite` has parsed the message.
const dataOf = (row: Row): OutboxRow => row.data as OutboxRow;

const versionIn = (receipt: string): number => Number(receipt.slice(receipt.lastIndexOf('#') + 1));

/**
 * A queue over any Records. Handing out moves the message's due time ahead under a version condition, so of two
 * workers one wins; the receipt is that version, so a worker that overslept its visibility settles nothing.
 */
export class RecordsQueue implements Queue {
  readonly #records: Records;
  readonly #clock: Clock;

  constructor(records: Records, clock: Clock) {
    this.#records = records;
    this.#clock = clock;
  }

  async receive(limit: number, visibilitySeconds: number): Promise<readonly Delivery[]> {
    const now = this.#clock.now();
    const { rows } = await this.#records.query({
      index: 'due',
      partition: waitingPartition,
      to: through(now),
      limit,
    });
    const deliveries: Delivery[] = [];
    for (const row of rows) {
      const delivery = await this.#hand(row, now, visibilitySeconds);
      // Undefined: lost to another worker, it is theirs now.
      if (delivery) deliveries.push(delivery);
    }
    return deliveries;
  }

  /**
   * Hands out this one message, when it is due. Undefined when it is done, dead, in other hands or not due yet: so a
   * worker that is called by name, twice, late or out of order, does no harm.
   */
  async take(messageId: string, visibilitySeconds: number): Promise<Delivery | undefined> {
    const now = this.#clock.now();
    const row = await this.#records.get(outboxKey(messageId));
    const visibleAt = row?.indexes.due?.sort;
    return row === undefined || visibleAt === undefined || visibleAt > now
      ? undefined
      : this.#hand(row, now, visibilitySeconds);
  }

  /** What is due now and in nobody's hands, longest due first, at most `limit`; hands nothing out. */
  async due(limit: number): Promise<readonly Message[]> {
    const { rows } = await this.#records.query({
      index: 'due',
      partition: waitingPartition,
      to: through(this.#clock.now()),
      limit,
    });
    return rows.map((row) => dataOf(row).message);
  }

  async done(delivery: Delivery): Promise<void> {
    await this.#records.commit([
      { kind: 'delete', key: outboxKey(delivery.message.id), expect: versionIn(delivery.receipt) },
    ]);
  }

  async retry(delivery: Delivery, delaySeconds: number, error: string): Promise<void> {
    const visibleAt = later(this.#clock.now(), delaySeconds);
    await this.#settle(delivery, (data) => ({
      data: { ...data, lastError: error },
      indexes: waitingSince(visibleAt),
    }));
  }

  async dead(delivery: Delivery, error: string): Promise<void> {
    const diedAt = this.#clock.now();
    await this.#settle(delivery, (data) => ({
      data: { ...data, lastError: error, diedAt },
      indexes: { work: { partition: deadPartition, sort: diedAt } },
    }));
  }

  async waiting(limit: number): Promise<readonly WaitingMessage[]> {
    const { rows } = await this.#records.query({ index: 'due', partition: waitingPartition, limit });
    return rows.map((row) => {
      const { message, attempts, enqueuedAt, inHand, lastError } = dataOf(row);
      return {
        message,
        attempts,
        enqueuedAt,
        visibleAt: row.indexes.due?.sort ?? enqueuedAt,
        inHand: inHand === true,
        ...(lastError === undefined ? {} : { lastError }),
      };
    });
  }

  async deadLetters(): Promise<readonly DeadLetter[]> {
    const letters: DeadLetter[] = [];
    for await (const { message, attempts, lastError, diedAt } of this.#all('work', deadPartition)) {
      letters.push({ message, attempts, lastError: lastError ?? '', diedAt: diedAt ?? '' });
    }
    return letters;
  }

  async revive(messageId: string): Promise<boolean> {
    const row = await this.#records.get(outboxKey(messageId));
    if (row === undefined) return false;
    const { message, enqueuedAt, lastError, diedAt } = dataOf(row);
    if (diedAt === undefined) return false;
    // The last error stays readable until the next one; the attempts start anew.
    const data: OutboxRow = {
      message,
      attempts: 0,
      enqueuedAt,
      ...(lastError === undefined ? {} : { lastError }),
    };
    const outcome = await this.#records.commit([
      {
        kind: 'put',
        key: outboxKey(messageId),
        data,
        indexes: waitingSince(this.#clock.now()),
        expect: row.version,
      },
    ]);
    return outcome.ok;
  }

  /**
   * Makes what was in the hands of a worker due at once, instead of when its visibility runs out. Only for who knows
   * that no worker lives: a process that has just become the only one at work. Returns how many there were.
   */
  async takeBack(): Promise<number> {
    const now = this.#clock.now();
    let taken = 0;
    for await (const data of this.#all('due', waitingPartition)) {
      if (data.inHand === undefined) continue;
      const key = outboxKey(data.message.id);
      const row = await this.#records.get(key);
      if (row === undefined) continue;
      const { inHand: _, ...rest } = dataOf(row);
      const outcome = await this.#records.commit([
        { kind: 'put', key, data: rest, indexes: waitingSince(now), expect: row.version },
      ]);
      if (outcome.ok) taken += 1;
    }
    return taken;
  }

  /**
   * For the reconciler: every message there is, also one that stands in no index any more and that nobody would ever
   * find; that one is listed again. Yields each message, and whether it had been lost from sight.
   */
  async *everyMessage(): AsyncGenerator<{ readonly message: Message; readonly relisted: boolean }> {
    let cursor: string | undefined;
    do {
      const page = await this.#records.query({
        partition: outboxKey('').partition,
        limit: 1000,
        ...(cursor === undefined ? {} : { cursor }),
      });
      for (const row of page.rows) {
        const data = dataOf(row);
        const listed = data.diedAt === undefined ? row.indexes.due : row.indexes.work;
        if (listed !== undefined) yield { message: data.message, relisted: false };
        else {
          const { diedAt: _, inHand: __, ...alive } = data;
          const outcome = await this.#records.commit([
            {
              kind: 'put',
              key: outboxKey(data.message.id),
              data: alive,
              indexes: waitingSince(this.#clock.now()),
              expect: row.version,
            },
          ]);
          yield { message: data.message, relisted: outcome.ok };
        }
      }
      cursor = page.cursor;
    } while (cursor !== undefined);
  }

  async depth(): Promise<{ readonly waiting: number; readonly dead: number; readonly oldest?: string }> {
    let waiting = 0;
    let dead = 0;
    let oldest: string | undefined;
    for await (const { enqueuedAt } of this.#all('due', waitingPartition)) {
      waiting += 1;
      if (oldest === undefined || enqueuedAt < oldest) oldest = enqueuedAt;
    }
    for await (const _ of this.#all('work', deadPartition)) dead += 1;
    return oldest === undefined ? { waiting, dead } : { waiting, dead, oldest };
  }

  async #hand(row: Row, now: Instant, visibilitySeconds: number): Promise<Delivery | undefined> {
    const data = dataOf(row);
    const attempt = data.attempts + 1;
    const outcome = await this.#records.commit([
      {
        kind: 'put',
        key: outboxKey(data.message.id),
        data: { ...data, attempts: attempt, inHand: true },
        indexes: waitingSince(later(now, visibilitySeconds)),
        expect: row.version,
      },
    ]);
    return outcome.ok
      ? { message: data.message, attempt, receipt: `${data.message.id}#${row.version + 1}` }
      : undefined;
  }

  /** Does nothing when the receipt is stale: the message is in other hands or already done. */
  async #settle(
    delivery: Delivery,
    change: (data: OutboxRow) => Pick<Extract<Write, { kind: 'put' }>, 'data' | 'indexes'>,
  ): Promise<void> {
    const key = outboxKey(delivery.message.id);
    const version = versionIn(delivery.receipt);
    const row = await this.#records.get(key);
    if (row === undefined || row.version !== version) return;
    const { inHand: _, ...data } = dataOf(row);
    await this.#records.commit([{ kind: 'put', key, expect: version, ...change(data) }]);
  }

  async *#all(index: IndexName, partition: string): AsyncGenerator<OutboxRow> {
    let cursor: string | undefined;
    do {
      const page = await this.#records.query({
        index,
        partition,
        limit: 1000,
        ...(cursor === undefined ? {} : { cursor }),
      });
      for (const row of page.rows) yield dataOf(row);
      cursor = page.cursor;
    } while (cursor !== undefined);
  }
}
