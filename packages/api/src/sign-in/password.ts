import { argon2, timingSafeEqual } from 'node:crypto';
import { err, ok, type Policy, type Randomness, type Refusal, type Result, refusal } from '@gongkai/core';
import { Turnstile } from './turnstile.ts';

/** OWASP's first recommendation for Argon2id: 19 MiB, two passes, one lane. */
const cost = { memory: 19_456, passes: 2, parallelism: 1 } as const;

const derive = (
  password: string,
  nonce: Uint8Array,
  given: { memory: number; passes: number; parallelism: number },
) =>
  new Promise<Buffer>((resolve, reject) =>
    argon2(
      'argon2id',
      // One spelling for one password: keyboards give 中文 and accents in different normal forms.
      { message: password.normalize('NFKC'), nonce, tagLength: 32, ...given },
      (error, key) => (error ? reject(error) : resolve(key)),
    ),
  );

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64').replace(/=+$/, '');

/** The PHC string: algorithm, cost, salt and hash in one. */
export const hashPassword = async (password: string, randomness: Randomness): Promise<string> => {
  const salt = randomness.bytes(16);
  const key = await derive(password, salt, cost);
  const { memory, passes, parallelism } = cost;
  return `$argon2id$v=19$m=${memory},t=${passes},p=${parallelism}$${base64(salt)}$${base64(key)}`;
};

const shape = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([A-Za-z0-9+/]+)\$([A-Za-z0-9+/]+)$/;

/** What an account that does not exist is checked against, so that it takes the same time. */
const nobodys = `$argon2id$v=19$m=${cost.memory},t=${cost.passes},p=${cost.parallelism}$${base64(new Uint8Array(16))}$${base64(new Uint8Array(32))}`;

const guesses = new Turnstile(2, 50);

/** Whether it is the password; with no hash it takes as long and is false. Refused when too many wait to be told. */
export const isPassword = async (
  password: string,
  hash: string | undefined,
): Promise<Result<boolean, Refusal>> => {
  const parts = shape.exec(hash ?? nobodys);
  if (!parts) throw new Error('not a password hash');
  const [, memory, passes, parallelism, salt = '', key = ''] = parts;
  const wanted = Buffer.from(key, 'base64');
  const outcome = await guesses.pass(() =>
    derive(password, Buffer.from(salt, 'base64'), {
      memory: Number(memory),
      passes: Number(passes),
      parallelism: Number(parallelism),
    }),
  );
  if (!outcome) return err(refusal('rate-limited', { seconds: 5 }));
  return ok(hash !== undefined && timingSafeEqual(outcome.value, wanted));
};

/** Refused with `password-weak`: shorter than the policy says, made of the name, or of a few characters. */
export const strongEnough = (
  password: string,
  owner: { readonly account: string; readonly name: string },
  rules: Policy['password'],
): Result<void, Refusal> => {
  const plain = password.normalize('NFKC').toLowerCase();
  const named = [owner.account, owner.name]
    .map((word) => word.normalize('NFKC').toLowerCase())
    .some((word) => word.length > 1 && plain.includes(word));
  const weak = [...plain].length < rules.minLength || named || new Set(plain).size < 5;
  return weak ? err(refusal('password-weak', { length: rules.minLength })) : ok(undefined);
};
