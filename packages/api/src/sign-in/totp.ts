import type { Randomness } from '@gongkai/core';
import { Secret, TOTP } from 'otpauth';

const periodSeconds = 30;

const totpOf = (secret: string, account = '', issuer = ''): TOTP =>
  new TOTP({
    issuer,
    label: account,
    secret: Secret.fromBase32(secret),
    algorithm: 'SHA1', // what authenticator apps really implement
    digits: 6,
    period: periodSeconds,
  });

export const newTotpSecret = (randomness: Randomness): string =>
  new Secret({ buffer: Uint8Array.from(randomness.bytes(20)).buffer }).base32;

/** For the QR code of an authenticator app. */
export const totpUri = (secret: string, account: string, issuer: string): string =>
  totpOf(secret, account, issuer).toString();

/**
 * The time step whose code this is, one step of clock drift allowed each way; undefined when it is none, or one
 * that was used already (RFC 6238 §5.2: a code counts once).
 */
export const totpStep = (secret: string, code: string, now: string, lastStep: number): number | undefined => {
  if (!/^\d{6}$/.test(code)) return undefined;
  const timestamp = Date.parse(now);
  const delta = totpOf(secret).validate({ token: code, timestamp, window: 1 });
  if (delta === null) return undefined;
  const step = Math.floor(timestamp / 1000 / periodSeconds) + delta;
  return step > lastStep ? step : undefined;
};
