import {
  type AllowableKind,
  type Dictionary,
  dictionaryLimits,
  type OfficeWord,
  plainWord,
  sameValue,
  type Trial,
} from '../dictionary/index.ts';
import { sha256Hex } from '../hash/index.ts';
import { outboxWrite } from '../outbox/index.ts';
import { type Actor, holds, type Role } from '../people/index.ts';
import type { Key, Write } from '../ports/index.ts';
import { err, ok, type Refusal, type Result, refusal } from '../refusal/index.ts';
import { auditOf, commitWithAudit, keys, loadDictionary } from '../repository/index.ts';
import type { Office } from './office.ts';

type Outcome = Promise<Result<{ readonly version: number }, Refusal>>;

/** Who makes inspection stricter. */
export const wordRoles: readonly Role[] = [
  'administrator',
  'secrecy-officer',
  'first-reviewer',
  'second-reviewer',
  'principal',
];
/** Who makes it milder: only who answers for what goes out, never the administrator, who sees no document. */
export const allowanceRoles: readonly Role[] = ['secrecy-officer', 'second-reviewer', 'principal'];

/** The subject under which the audit keeps every change of the dictionary. */
export const dictionarySubject = 'dictionary';

type Action = `dictionary.${'word-added' | 'word-removed' | 'allowed' | 'allowance-removed'}`;

const named = ({ person, name }: Actor) => ({ person, personName: name });

/**
 * One change: head, entry and audit in one commit, on the version that was seen. `before` is the row that must go or must
 * not be there.
 */
const change = async (
  office: Office,
  who: Actor,
  seen: number,
  action: Action,
  key: Key,
  next: (dictionary: Dictionary) => Result<Record<string, unknown> | 'remove', Refusal>,
): Outcome => {
  const [head, dictionary, row] = await Promise.all([
    office.records.get(keys.dictionary),
    loadDictionary(office),
    office.records.get(key),
  ]);
  if (dictionary.version !== seen) return err(refusal('changed-meanwhile'));
  const entry = next(dictionary);
  if (!entry.ok) return entry;
  const removing = entry.value === 'remove';
  if (removing && row === undefined) return err(refusal('not-found'));
  if (!removing && row !== undefined) return err(refusal('dictionary-has-it'));
  const version = dictionary.version + 1;
  const write: Write =
    removing && row !== undefined
      ? { kind: 'delete', key, expect: row.version }
      : { kind: 'put', key, data: entry.value, expect: 'absent' };
  const told = removing ? row?.data : entry.value;
  const event = auditOf(office, who, action, dictionarySubject, { version, entry: told });
  const done = await commitWithAudit(office, event, [
    { kind: 'put', key: keys.dictionary, data: { version }, expect: head?.version ?? 'absent' },
    write,
  ]);
  return done.ok ? ok({ version }) : done;
};

const idOf = (...parts: readonly string[]): string => sha256Hex(parts.join('\u0000')).slice(0, 20);
const blank = (text: string): boolean => text.trim() === '';

/** 加词. The same word twice is refused, whoever adds it and however it is spaced. */
export const addWord = async (
  office: Office,
  who: Actor,
  given: Pick<OfficeWord, 'word' | 'severity' | 'note'>,
  seen: number,
): Outcome => {
  if (!holds(who, ...wordRoles)) return err(refusal('not-allowed', { role: wordRoles.join(' / ') }));
  const word = plainWord(given.word);
  const length = [...word].length;
  if (length < 2 || length > dictionaryLimits.wordCharacters)
    return err(refusal('dictionary-word-length', { min: 2, max: dictionaryLimits.wordCharacters }));
  const id = idOf(word.toLowerCase());
  return change(office, who, seen, 'dictionary.word-added', keys.word(id), ({ words }) =>
    words.length >= dictionaryLimits.words
      ? err(refusal('dictionary-full', { limit: dictionaryLimits.words }))
      : ok({ ...given, id, word, note: given.note.trim(), at: office.clock.now(), ...named(who) }),
  );
};

export const removeWord = async (office: Office, who: Actor, id: string, seen: number): Outcome =>
  holds(who, ...allowanceRoles)
    ? change(office, who, seen, 'dictionary.word-removed', keys.word(id), () => ok('remove'))
    : err(refusal('not-allowed', { role: allowanceRoles.join(' / ') }));

/** 列入白名单: an exact value, never a pattern, with its reason. */
export const addAllowance = async (
  office: Office,
  who: Actor,
  given: { readonly kind: AllowableKind; readonly value: string; readonly reason: string },
  seen: number,
): Outcome => {
  if (!holds(who, ...allowanceRoles))
    return err(refusal('not-allowed', { role: allowanceRoles.join(' / ') }));
  if (blank(given.reason)) return err(refusal('reason-needed'));
  const value = given.value.normalize('NFKC').trim();
  const same = sameValue(given.kind, value);
  const { length } = [...same];
  if (length < 2 || length > dictionaryLimits.valueCharacters)
    return err(refusal('dictionary-word-length', { min: 2, max: dictionaryLimits.valueCharacters }));
  // A star or a question mark would be a pattern, and a pattern silences what nobody has looked at.
  if (/[*?？%]/.test(same)) return err(refusal('dictionary-no-patterns'));
  const id = idOf(given.kind, same);
  return change(office, who, seen, 'dictionary.allowed', keys.allowance(id), ({ allowances }) =>
    allowances.length >= dictionaryLimits.allowances
      ? err(refusal('dictionary-full', { limit: dictionaryLimits.allowances }))
      : ok({ ...given, id, value, reason: given.reason.trim(), at: office.clock.now(), ...named(who) }),
  );
};

export const removeAllowance = async (office: Office, who: Actor, id: string, seen: number): Outcome =>
  holds(who, ...wordRoles)
    ? change(office, who, seen, 'dictionary.allowance-removed', keys.allowance(id), () => ok('remove'))
    : err(refusal('not-allowed', { role: wordRoles.join(' / ') }));

const mostTried = 50;

/** 试运行 over what is published: starts in the background; the words need not stand in the dictionary yet. */
export const tryWords = async (
  office: Office,
  who: Actor,
  given: readonly Pick<OfficeWord, 'word' | 'severity'>[],
): Promise<Result<{ readonly id: string }, Refusal>> => {
  if (!holds(who, ...wordRoles)) return err(refusal('not-allowed', { role: wordRoles.join(' / ') }));
  const words = given.map((one) => ({ ...one, word: plainWord(one.word) }));
  const wrong = words.some(({ word }) => word.length < 2 || word.length > dictionaryLimits.wordCharacters);
  if (words.length === 0 || words.length > mostTried || wrong)
    return err(refusal('dictionary-word-length', { min: 2, max: dictionaryLimits.wordCharacters }));
  const now = office.clock.now();
  const id = office.ids.next('trial');
  const begun: Trial = {
    id,
    words,
    state: 'running',
    at: now,
    ...named(who),
    page: 0,
    seen: 0,
    found: 0,
    unread: 0,
  };
  const event = auditOf(office, who, 'dictionary.tried', dictionarySubject, {
    trial: id,
    words: words.map(({ word }) => word),
  });
  const done = await commitWithAudit(office, event, [
    { kind: 'put', key: keys.trial(id), data: begun, expect: 'absent' },
    { kind: 'put', key: keys.trialListed(now, id), data: { id }, expect: 'absent' },
    outboxWrite(
      {
        id: office.ids.next('msg'),
        type: 'try-words',
        version: 1,
        subject: id,
        payload: { page: 0 },
        occurredAt: now,
        causationId: event.id,
        correlationId: id,
      },
      now,
    ),
  ]);
  return done.ok ? ok({ id }) : done;
};
