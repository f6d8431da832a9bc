import names from '../dictionaries/names.json' with { type: 'json' };
import officials from '../dictionaries/officials.json' with { type: 'json' };
import people from '../dictionaries/people.json' with { type: 'json' };
import type { NormalisedText } from '../text/normalised-text.ts';
import { occurrences } from '../text/occurrences.ts';
import { anyOf } from '../text/words.ts';

/**
 * Reads where persons are named; several detectors share this reading. A Chinese name cannot be told from other words by
 * its shape alone (高度, 方案, 安全 begin with surnames), so a word beside it must say that a person stands here.
 */
const han = '[\\u3400-\\u9fff]';
const surname = `(?:${names.compound.join('|')}|[${names.surnames}])`;
/** 王小丽, 王 芳, 欧阳建国; 买买提·艾合买提江 */
export const nameSource = `(?:${han}{2,7}·${han}{2,8}|${surname}[ ]?${han}(?:[ ]?${han})?)`;

const notNames = new Set(names.notNames);
const placeEnd = new RegExp(`[${names.placeEndings}]$`);
const likeName = new RegExp(`^${nameSource}$`);
const compound = new RegExp(`^(?:${names.compound.join('|')})`);

/** Whether a word that stands alone (a cell of a table) reads as a person's name. */
export const isName = (word: string): boolean => {
  const bare = word.replace(/ /g, '');
  if (/[某×]/.test(bare)) return false;
  if (bare.includes('·')) return likeName.test(bare);
  if (bare.length > 3 && !compound.test(bare)) return false;
  return likeName.test(bare) && !notNames.has(bare.slice(0, 2)) && !placeEnd.test(bare);
};

/**
 * - `private`: 申请人、患者、户主…, or a name with sex or 先生/女士 behind it.
 * - `office`: somebody who acts in office (局长, 联系人): public by nature.
 */
export type Naming = {
  readonly start: number;
  readonly end: number;
  readonly name: string;
  readonly use: 'private' | 'office';
  readonly sure: number;
};

const boundary = `(?=[^\\u3400-\\u9fff]|$|因|于|与|和|的|在|系|反映|诉|之[子女妻]|等|同志|先生|女士|家[住庭]|户|[男女]|住|身份|出生|患|经|向|主持|出席|参加|讲话|带队|率|表示|指出|强调|签|宣布|任|年薪|月薪|工资)`;
const privateRole = anyOf(people.roles);
const officeRole = anyOf([...officials.roles, ...officials.titles]);
const title = anyOf(officials.titles);
const separator = '(?:[ \\n]?[:][ \\n]?|[ \\n|]|[(][^()]{0,8}[)][:]?[ ]?)';

const forms: readonly {
  readonly pattern: RegExp;
  readonly use: Naming['use'];
  readonly sure: number;
  readonly loose?: boolean;
}[] = [
  {
    pattern: new RegExp(`(?:${privateRole})${separator}(?<name>${nameSource})${boundary}`, 'gd'),
    use: 'private',
    sure: 0.85,
  },
  {
    pattern: new RegExp(`(?:${privateRole})(?<name>${nameSource})${boundary}`, 'gd'),
    use: 'private',
    sure: 0.7,
    loose: true,
  },
  {
    pattern: new RegExp(`(?<name>${nameSource})[ ]?[,(、 ][ ]?[男女](?=[,、)( \\n。\\d]|$)`, 'gd'),
    use: 'private',
    sure: 0.9,
  },
  {
    pattern: new RegExp(`(?<name>${nameSource})(?=[ ]?(?:先生|女士|小姐))`, 'gd'),
    use: 'private',
    sure: 0.7,
  },
  {
    pattern: new RegExp(`(?:${officeRole})${separator}?(?<name>${nameSource})${boundary}`, 'gd'),
    use: 'office',
    sure: 0.7,
  },
  {
    pattern: new RegExp(`(?<name>${nameSource})[ ]?[(]?(?=${title})`, 'gd'),
    use: 'office',
    sure: 0.6,
  },
];

const read = new WeakMap<NormalisedText, Naming[]>();

/** Every naming of a person, in order; who is named in office and as a private person is a private person. */
export const namings = (text: NormalisedText): readonly Naming[] => {
  const known = read.get(text);
  if (known) return known;
  const found = new Map<number, Naming>();
  for (const { pattern, use, sure, loose } of forms)
    for (const naming of occurrences(text.text, pattern, (match): Naming | undefined => {
      const name = match.groups?.name ?? '';
      const bare = name.replace(/ /g, '');
      const [start, end] = match.indices?.groups?.name ?? [match.index, match.index + match[0].length];
      if (!isName(bare)) return undefined;
      if (loose && names.neverWithoutColon.includes(bare.charAt(0))) return undefined;
      return { start, end, name: bare, use, sure };
    }))
      if (!found.has(naming.start)) found.set(naming.start, naming);
  const all = [...found.values()].sort((a, b) => a.start - b.start);
  read.set(text, all);
  return all;
};
