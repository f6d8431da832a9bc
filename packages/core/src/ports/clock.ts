/** An instant in UTC with milliseconds, `2026-02-10T01:02:03.000Z`: instants compare as strings. */
export type Instant = string;

export interface Clock {
  now(): Instant;
}

export interface Ids {
  /** Unique and rising with time (ULID): `pub_01J…`. */
  next(prefix: string): string;
}

/** Unguessable values: session ids, verification codes, tokens. */
export interface Randomness {
  bytes(length: number): Uint8Array;
}
