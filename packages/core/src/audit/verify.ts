import type * as z from 'zod';
import { canonicalJson, utf8 } from '../hash/index.ts';
import type { Instant } from '../ports/index.ts';
import { type ExportHeader, exportCheckpoint, exportEntry, exportHeader } from './export.ts';
import { handoverAction, handoverDetails, type KeyTerm } from './handover.ts';
import { claimOf, type LogHead, openLogCheckpoint } from './log-checkpoint.ts';
import { append, emptyFrontier, type Frontier, type Hash, leafHash, rootOf } from './merkle.ts';
import { type ExportProblem, problemSentence } from './problem.ts';
import type { NoteFault } from './signed-note.ts';

export type ExportVerdict =
  | {
      readonly ok: true;
      readonly size: number;
      readonly root: Hash;
      /** Time of the last checkpoint, by the office's own word. */
      readonly at: Instant;
      /** The key in force at the end. */
      readonly publicKey: string;
      /** Every key that the log was signed with, and for which part of it. */
      readonly keys: readonly KeyTerm[];
      /** False: the key came with the file itself, which proves nothing about who wrote it. */
      readonly keyTrusted: boolean;
    }
  | {
      readonly ok: false;
      readonly problem: ExportProblem;
      /** The first entry that cannot be relied on. */
      readonly firstBad: number;
      /** Line of the file, from 1. */
      readonly line: number;
      readonly sentence: { readonly zh: string; readonly en: string };
    };

export type VerifyOptions = {
  /**
   * The office's public key from another source (its website, a letter), 32 bytes in hex; after a handover one of
   * them, or several in their order. Each must be among the keys of the log. The newest says the most: only it shows
   * a log that somebody with a stolen old key has carried on.
   */
  readonly trustedPublicKey?: string | readonly string[];
  /**
   * Checkpoints kept from earlier: only these show that a tail was cut off at an older checkpoint, or that the
   * history was written anew by someone who has the key.
   */
  readonly checkpoints?: readonly string[];
};

type Failure = Extract<ExportVerdict, { ok: false }>;
type Place = {
  readonly firstBad?: number;
  readonly found?: number;
  readonly to?: number;
  readonly detail?: string;
};

/** Rows are at most 400 kB; a longer line is not ours and is not even parsed. */
const longestLine = 1_000_000;

/** Takes an export line by line, in flat memory. After the first problem it looks no further. */
export class ExportVerifier {
  readonly #options: VerifyOptions;
  #line = 0;
  #frontier: Frontier = emptyFrontier;
  #header: ExportHeader | undefined;
  #last: LogHead | undefined;
  #keys: readonly KeyTerm[] = [];
  /** Named by a handover whose checkpoint has not come yet. */
  #successor: string | undefined;
  /** Outside checkpoints still ahead, by size. */
  #outside: (LogHead & { readonly note: string })[] = [];
  #agreed = 0;
  #forkFrom: number | undefined;
  #failure: Failure | undefined;

  constructor(options: VerifyOptions = {}) {
    this.#options = options;
  }

  /** False as soon as a problem is found: the rest need not be read. */
  push(line: string): boolean {
    if (this.#failure !== undefined) return false;
    this.#line += 1;
    this.#failure = this.#read(line);
    return this.#failure === undefined;
  }

  verdict(): ExportVerdict {
    return this.#failure ?? this.#ending();
  }

  #read(line: string): Failure | undefined {
    const value = parseLine(line);
    if (this.#header === undefined) return this.#begin(line, value);
    const entry = exportEntry.safeParse(value);
    if (entry.success) return this.#entry(line, entry.data, value);
    const checkpoint = exportCheckpoint.safeParse(value);
    if (checkpoint.success && canonical(checkpoint.data) === line)
      return this.#checkpoint(checkpoint.data.note);
    return this.#fail('line-malformed');
  }

  #begin(line: string, value: unknown): Failure | undefined {
    const parsed = exportHeader.safeParse(value);
    if (!parsed.success || canonical(parsed.data) !== line) return this.#fail('header-missing');
    const { checkpoints = [] } = this.#options;
    const header = parsed.data;
    for (const note of checkpoints) {
      const head = claimOf(note);
      if (typeof head === 'string') return this.#fail('outside-invalid', { detail: head });
      if (head.origin !== header.origin) return this.#fail('outside-invalid', { detail: head.origin });
      this.#outside.push({ ...head, note });
    }
    this.#outside.sort((a, b) => a.size - b.size);
    this.#header = header;
    this.#keys = [{ publicKey: header.publicKey, from: 0 }];
    return this.#compareOutside();
  }

  /** The key that must sign now. */
  get #key(): string {
    return this.#keys.at(-1)?.publicKey ?? '';
  }

  /** By the key in force; while a handover waits, by both. */
  #open(note: string): LogHead | NoteFault {
    const head = openLogCheckpoint(note, this.#key);
    if (typeof head === 'string' || this.#successor === undefined) return head;
    const again = openLogCheckpoint(note, this.#successor);
    return typeof again === 'string' ? again : head;
  }

  /** A handover in the log: the next line must be the checkpoint that both keys have signed. */
  #handOver(details: unknown): Failure | undefined {
    const parsed = handoverDetails.safeParse(details);
    const used = (key: string) => this.#keys.some(({ publicKey }) => publicKey === key);
    if (!parsed.success || parsed.data.from !== this.#key || used(parsed.data.to))
      return this.#fail('handover-invalid', { firstBad: this.#frontier.size - 1 });
    this.#successor = parsed.data.to;
    return undefined;
  }

  #entry(line: string, { hash }: z.infer<typeof exportEntry>, raw: unknown): Failure | undefined {
    // The raw entry is hashed, not the parsed copy: a schema must never be able to change what is proven.
    const { entry } = raw as { entry: { seq: number; action: string; details: unknown } };
    const text = canonical(entry);
    if (text === undefined || `{"entry":${text},"hash":"${hash}","kind":"entry"}` !== line)
      return this.#fail('line-malformed');
    if (this.#successor !== undefined)
      return this.#fail('handover-unsigned', { firstBad: this.#last?.size ?? 0 });
    if (entry.seq !== this.#frontier.size) return this.#fail('sequence-broken', { found: entry.seq });
    const leaf = leafHash(utf8(text));
    if (leaf !== hash) return this.#fail('entry-changed');
    this.#frontier = append(this.#frontier, leaf);
    return (
      (entry.action === handoverAction ? this.#handOver(entry.details) : undefined) ?? this.#compareOutside()
    );
  }

  #checkpoint(note: string): Failure | undefined {
    const head = this.#open(note);
    if (typeof head === 'string') return this.#unsigned(note, head);
    if (head.origin !== this.#header?.origin)
      return this.#fail('checkpoint-invalid', { detail: head.origin });
    const { size } = this.#frontier;
    const sealed = this.#last?.size ?? 0;
    if (head.size < size || head.at < (this.#last?.at ?? ''))
      return this.#fail('checkpoint-replayed', { firstBad: sealed });
    if (head.size > size) return this.#fail('truncated', { to: head.size });
    if (head.root !== rootOf(this.#frontier)) {
      // The tree was proven at this very size by an earlier checkpoint: then the key has signed two trees.
      return this.#last?.size === size
        ? this.#fail('forked', { firstBad: this.#agreed })
        : this.#fail('root-mismatch', { firstBad: sealed, to: size - 1 });
    }
    // Only now is it sure that the key stands behind this history too, and not just a careless editor.
    if (this.#forkFrom !== undefined) return this.#fail('forked', { firstBad: this.#forkFrom });
    this.#last = head;
    if (this.#successor !== undefined) {
      const ended = this.#keys.map((term, at) =>
        at === this.#keys.length - 1 ? { ...term, to: size } : term,
      );
      this.#keys = [...ended, { publicKey: this.#successor, from: size }];
      this.#successor = undefined;
    }
    return undefined;
  }

  #unsigned(note: string, detail: NoteFault): Failure {
    const sealed = { firstBad: this.#last?.size ?? 0 };
    const retired = this.#keys
      .slice(0, -1)
      .some(({ publicKey }) => typeof openLogCheckpoint(note, publicKey) !== 'string');
    if (retired) return this.#fail('key-retired', sealed);
    return this.#successor === undefined
      ? this.#fail('checkpoint-invalid', { detail })
      : this.#fail('handover-unsigned', sealed);
  }

  /** A checkpoint that was kept outside must be signed by the key that was in force at its size. */
  #badOutside(note: string): Failure | undefined {
    const opened = this.#open(note);
    if (typeof opened !== 'string') return undefined;
    return opened === 'unknown-key' && this.#options.trustedPublicKey === undefined
      ? this.#fail('key-swapped', { firstBad: this.#agreed })
      : this.#fail('outside-invalid', { detail: opened });
  }

  #compareOutside(): Failure | undefined {
    for (let head = this.#outside[0]; head?.size === this.#frontier.size; head = this.#outside[0]) {
      this.#outside.shift();
      const bad = this.#badOutside(head.note);
      if (bad !== undefined) return bad;
      if (head.root !== rootOf(this.#frontier)) this.#forkFrom ??= this.#agreed;
      else if (this.#forkFrom === undefined) this.#agreed = head.size;
    }
    return undefined;
  }

  /** Every key that the reader holds is among the log's, in the order given. */
  #holdsTrusted(): boolean {
    const places = [this.#options.trustedPublicKey ?? []]
      .flat()
      .map((trusted) => this.#keys.findIndex(({ publicKey }) => publicKey === trusted));
    return places.every((place, at) => place >= 0 && place > (places[at - 1] ?? -1));
  }

  #ending(): ExportVerdict {
    const header = this.#header;
    const { size } = this.#frontier;
    if (header === undefined) return this.#fail('header-missing');
    if (!this.#holdsTrusted()) return this.#fail('key-swapped', { firstBad: 0 });
    for (const { note } of this.#outside) {
      const bad = this.#badOutside(note);
      if (bad !== undefined) return bad;
    }
    const promised = Math.max(header.size, this.#outside.at(-1)?.size ?? 0);
    if (promised > size) return this.#fail('truncated', { to: promised });
    const last = this.#last;
    if (last?.size !== size) return this.#fail('tail-unsealed', { firstBad: last?.size ?? 0 });
    return {
      ok: true,
      size,
      root: last.root,
      at: last.at,
      publicKey: this.#key,
      keys: this.#keys,
      keyTrusted: this.#options.trustedPublicKey !== undefined,
    };
  }

  #fail(problem: ExportProblem, { firstBad = this.#frontier.size, ...rest }: Place = {}): Failure {
    const details = { seq: firstBad, line: this.#line, ...rest };
    return { ok: false, problem, firstBad, line: this.#line, sentence: problemSentence(problem, details) };
  }
}

const parseLine = (line: string): unknown => {
  if (line.length > longestLine) return undefined;
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
};

/** Undefined for what is nested like an attack. */
const canonical = (value: unknown): string | undefined => {
  try {
    return canonicalJson(value);
  } catch {
    return undefined;
  }
};

/** Checks an export whose lines are at hand; for a file, push its lines into an `ExportVerifier` as they come. */
export const verifyExport = (lines: Iterable<string>, options: VerifyOptions = {}): ExportVerdict => {
  const verifier = new ExportVerifier(options);
  for (const line of lines) if (!verifier.push(line)) break;
  return verifier.verdict();
};
