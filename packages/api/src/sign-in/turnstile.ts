/**
 * Lets so many in at once; the others wait in turn, and beyond `queue` they are turned away. Argon2 takes 19 MB a
 * guess: without this, sign-ins alone would fill the memory of a small machine.
 */
export class Turnstile {
  readonly #atOnce: number;
  readonly #queue: number;
  readonly #waiting: (() => void)[] = [];
  #inside = 0;

  constructor(atOnce: number, queue: number) {
    this.#atOnce = atOnce;
    this.#queue = queue;
  }

  /** Undefined when the queue is full: then nothing was run. */
  async pass<T>(work: () => Promise<T>): Promise<{ readonly value: T } | undefined> {
    if (this.#inside >= this.#atOnce) {
      if (this.#waiting.length >= this.#queue) return undefined;
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    } else this.#inside += 1;
    try {
      return { value: await work() };
    } finally {
      const next = this.#waiting.shift();
      if (next) next();
      else this.#inside -= 1;
    }
  }
}
