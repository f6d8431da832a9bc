import type { Actor, Person } from '@gongkai/core';

/** A session of a person at a console. The id itself is only in the cookie. */
export type Session = {
  /** SHA-256 of the id: the key of its record. */
  readonly hash: string;
  readonly beganAt: string;
  readonly expiresAt: string;
  readonly confirmedUntil: string;
  readonly by: 'local' | 'oidc';
};

/** Who makes a request: looked up in the records each time, so that what was taken away is gone at once. */
export type Caller = {
  readonly actor: Actor & { readonly reviewerSince?: string | undefined };
  readonly person: Person;
  readonly account: string;
  /** Absent for a machine token. */
  readonly session?: Session;
  /** The policy asks for a second factor and this account has none. */
  readonly mustEnrol: boolean;
};
