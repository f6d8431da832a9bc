import iconv from 'iconv-lite';
import type { FileSaid, Passage } from './passages.ts';
import { count, plain, weight } from './plain.ts';

/** Words that were covered, and where they may rightly still stand. */
export type Secret = {
  /** Of the redaction that covers them: what a refusal may say of them. The words themselves stay out of audit and log. */
  readonly name: string;
  readonly words: string;
  readonly folded: string;
  /** How often each page may show it: where nobody covered it. */
  readonly onPage: (page: number) => number;
  /** Whether it stands in the open somewhere, by decision. */
  readonly kept: boolean;
};

/** What says less than this is said by chance: see `weight`. */
const telling = { page: 2, shown: 4, aside: 4, name: 4, letters: 4, decoded: 6, bytes: 6 } as const;

/** Whether these words say enough that finding them there is no chance. */
export const tells = ({ words }: Secret, kind: keyof typeof telling): boolean => {
  const own = weight(words);
  if (own < telling[kind]) return false;
  if (kind === 'page') return true;
  if (/^[\d.,:/-]+$/.test(words)) return own >= (kind === 'aside' ? 6 : 8);
  if (kind === 'shown') return true;
  // `Page` and `Type` are words of every file.
  return /[^a-z]/i.test(words) || (kind !== 'name' && own >= 8);
};

/** The same text is met again and again: stamps, fonts, names. */
const folding = () => {
  const known = new Map<string, string>();
  return (text: string): string => {
    const before = known.get(text);
    if (before !== undefined) return before;
    const folded = plain(text);
    if (text.length < 200) known.set(text, folded);
    return folded;
  };
};

const excess = (secret: Secret, { page }: Passage, folded: string): boolean => {
  if (!folded.includes(secret.folded)) return false;
  return page === undefined ? !secret.kept : count(folded, secret.folded) > secret.onPage(page);
};

/** Two Hanzi that both stand elsewhere stand beside each other in a font by chance: it keeps its letters in the order of first use. */
const byChance = (one: Secret, { kind }: Passage, inUse: ReadonlySet<string>): boolean =>
  kind === 'letters' && weight(one.words) < 6 && [...one.folded].every((letter) => inUse.has(letter));

/** The first place that says covered words where nobody decided that they stay; undefined when there is none. */
export const findWordsIn = (
  { passages, bytes }: Pick<FileSaid, 'passages' | 'bytes'>,
  secrets: readonly Secret[],
): { readonly secret: Secret; readonly where: string } | undefined => {
  const fold = folding();
  const shown = passages.filter(({ page }) => page !== undefined);
  const inUse = new Set(shown.flatMap(({ text }) => [...fold(text)]));
  for (const passage of passages) {
    const asked = secrets.filter((one) => tells(one, passage.kind));
    if (asked.length === 0) continue;
    const folded = fold(passage.text);
    const secret = asked.find((one) => excess(one, passage, folded) && !byChance(one, passage, inUse));
    if (secret !== undefined) return { secret, where: passage.where };
  }
  for (const secret of secrets) {
    if (secret.kept || !tells(secret, 'bytes')) continue;
    const forms = [...new Set([secret.words, secret.folded])].flatMap((words) =>
      ['utf8', 'utf16-be', 'utf16-le', 'gb18030'].map((encoding) =>
        iconv.encode(words, encoding, { addBOM: false }),
      ),
    );
    const found = bytes.find((one) => forms.some((form) => one.bytes.includes(form)));
    if (found !== undefined) return { secret, where: found.where };
  }
  return undefined;
};
