import { fromBase64, fromHex, toBase64, toHex } from '../hash/index.ts';
import type { Instant, Signer } from '../ports/index.ts';
import type { Hash } from './merkle.ts';
import { isKeyName, type NoteFault, openNote, signNote } from './signed-note.ts';

/** What the office vouches for: the log called `origin` had `size` entries and this root at that time. */
export type LogHead = {
  readonly origin: string;
  readonly size: number;
  readonly root: Hash;
  readonly at: Instant;
};

/** A log's name is also the name of its key. */
export const isOrigin = isKeyName;

/**
 * 签名检查点: a C2SP tlog-checkpoint, readable and checkable by other people's tools: origin, size, root in base64,
 * and the time as an extension line. The time is the office's own word; no monitor can check it.
 */
export const signLogCheckpoint = async (
  signers: Signer | readonly Signer[],
  head: LogHead,
): Promise<string> => {
  const text = `${head.origin}\n${head.size}\n${toBase64(fromHex(head.root) ?? new Uint8Array())}\ntime ${head.at}\n`;
  if (!shape.test(text)) throw new TypeError(`not a log head: ${text}`);
  return signNote(signers, head.origin, text);
};

const shape =
  /^(?<origin>[^\s+]+)\n(?<size>0|[1-9]\d{0,14})\n(?<root>[A-Za-z0-9+/]{43}=)\ntime (?<at>\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z)\n$/u;

/** Reads a checkpoint and checks it against a public key (32 bytes in hex). */
export const openLogCheckpoint = (note: string, publicKey: string): LogHead | NoteFault => {
  const origin = note.slice(0, note.indexOf('\n'));
  const opened = openNote(note, origin, publicKey);
  return typeof opened === 'string' ? opened : headOf(opened.text);
};

/** What a checkpoint claims, whoever signed it: to know where in the log it is to be checked. */
export const claimOf = (note: string): LogHead | 'malformed' =>
  note.length > 65_536 ? 'malformed' : headOf(note.slice(0, note.lastIndexOf('\n\n') + 1));

const headOf = (text: string): LogHead | 'malformed' => {
  const groups = shape.exec(text)?.groups;
  const root = fromBase64(groups?.root ?? '');
  if (groups === undefined || root === undefined) return 'malformed';
  return { origin: groups.origin ?? '', size: Number(groups.size), root: toHex(root), at: groups.at ?? '' };
};
