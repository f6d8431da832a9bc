import * as z from 'zod';
import { type Finding, type FindingKind, severity } from '../document/finding.ts';

/** 词典: a word of the office's own that inspection looks for, e.g. the name of a project that is not announced yet. */
export const officeWord = z.object({
  id: z.string(),
  /** NFKC, without spaces; found across spaces and line ends, large or small letters. Never a pattern. */
  word: z.string(),
  severity: severity.exclude(['stop']),
  note: z.string(),
  at: z.string(),
  person: z.string(),
  personName: z.string(),
});
export type OfficeWord = z.infer<typeof officeWord>;

/** What may be in the whitelist: what leads to somebody who may be reached. Marks, papers and hidden things never. */
export const allowableKind = z.enum([
  'mobile',
  'landline',
  'email',
  'social-account',
  'bank-card',
  'credit-code',
  'licence-plate',
  'address',
  'person-name',
  'case-number',
  'office-word',
] satisfies FindingKind[]);
export type AllowableKind = z.infer<typeof allowableKind>;

/** 白名单: one exact value of one kind (the office's own telephone), with its reason and who answers for it. */
export const allowance = z.object({
  id: z.string(),
  kind: allowableKind,
  value: z.string(),
  reason: z.string(),
  at: z.string(),
  person: z.string(),
  personName: z.string(),
});
export type Allowance = z.infer<typeof allowance>;

export type Dictionary = {
  /** Counts up with every change; 0: nobody has changed anything yet. */
  readonly version: number;
  readonly words: readonly OfficeWord[];
  readonly allowances: readonly Allowance[];
};

/** What the inspector must know of it. */
export type OfficeWords = {
  readonly version: number;
  readonly words: readonly Pick<OfficeWord, 'word' | 'severity'>[];
};
/** For whoever wants the text of a document and no judgement on it. */
export const noWords: OfficeWords = { version: 0, words: [] };

export const wordsOf = ({ version, words }: Dictionary): OfficeWords => ({
  version,
  words: words.map((one) => ({ word: one.word, severity: one.severity })),
});

/** At most so many of each: every page is searched for every word. */
export const dictionaryLimits = {
  words: 500,
  allowances: 500,
  wordCharacters: 40,
  valueCharacters: 100,
} as const;

/** One spelling of a word, however it was typed. */
export const plainWord = (word: string): string =>
  word.normalize('NFKC').replace(/[\s\p{Cf}\u0000-\u001f]+/gu, '');

const numbers: ReadonlySet<FindingKind> = new Set(['mobile', 'landline', 'bank-card', 'social-account']);

/** The same value however it is spaced; of numbers also hyphens and brackets: (0414)482-2345 is 04144822345. */
export const sameValue = (kind: FindingKind, value: string): string => {
  const plain = plainWord(value).toLowerCase();
  return numbers.has(kind) ? plain.replace(/[-–—().·:]/g, '') : plain;
};

/**
 * 白名单 at work: a finding whose value stands in it is only shown, with the entry that silenced it. Nothing disappears,
 * and what is `stop` stays.
 */
export const allow = (
  findings: readonly Finding[],
  { allowances }: Pick<Dictionary, 'allowances'>,
): Finding[] => {
  const known = new Map(allowances.map((one) => [`${one.kind} ${sameValue(one.kind, one.value)}`, one]));
  return findings.map((finding) => {
    const entry = known.get(`${finding.kind} ${sameValue(finding.kind, finding.text)}`);
    if (entry === undefined || finding.severity === 'stop' || finding.severity === 'low') return finding;
    return {
      ...finding,
      severity: 'low' as const,
      allowed: { entry: entry.id, reason: entry.reason, by: entry.personName, was: finding.severity },
    };
  });
};
