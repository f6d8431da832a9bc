import names from '../dictionaries/names.json' with { type: 'json' };
import officials from '../dictionaries/officials.json' with { type: 'json' };
import people from '../dictionaries/people.json' with { type: 'json' };
import type { NormalisedText } from '../text/normalised-text.ts';
import { anyOf } from '../text/words.ts';

/**
 * Reads where persons are named; several detectors share this reading. A Chinese name cannot be told from other words by
 * its shape alone (高度, 方案, 安全 begin with surnames), so a word beside it must say that a person stands here.
 */
const han = '[\\u3400-\\u9fff]';
/** As justified lines are extracted: every character apart. */
const spaced = (word: string): string => [...word].join('[ ]?');
const surname = `(?:${names.compound.map(spaced).join('|')}|[${names.surnames}])`;
/** 王小丽, 王 芳, 欧阳建国 */
export const chineseName = `(?:${surname}[ ]?${han}(?:[ ]?${han})?)`;
/** 买买提·艾合买提江 too: costly, hence only for texts with such a dot. */
const anyName = `(?:${han}{2,7}·${han}{2,8}|${chineseName})`;

const notNames = new Set(names.notNames);
const placeEnd = new RegExp(`[${names.placeEndings}]$`);
const likeName = new RegExp(`^${anyName}$`);
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
 * - `private`: 申请人、患者、户主…, or a name with sex, 先生/女士 or its ID number behind it.
 * - `office`: somebody who acts in office (局长, 联系人): public by nature.
 */
export type Naming = {
  readonly start: number;
  readonly end: number;
  readonly name: string;
  readonly use: 'private' | 'office';
  readonly sure: number;
};

const boundary = `(?=[^\\u3400-\\u9fff]|$|因|于|与|和|的|在|系|反映|诉|之[子女妻]|等|同志|先生|女士|家[住庭]|户|[男女]|住|现住|居住|暂住|租住|身份|出生|患|经|向|主持|出席|参加|讲话|带队|率|表示|指出|强调|签|宣布|任|年薪|月薪|工资)`;
const roles = (words: readonly string[]): RegExp => new RegExp(anyOf(words), 'g');
const privateRole = roles(people.roles);
const officeRole = roles([...officials.roles, ...officials.titles]);
const title = roles(officials.titles);
const sex = /[ ]?[,(、 ][ ]?[男女](?=[,、)( \n。\d]|$)/g;
const address = /[ ]?(?:先生|女士|小姐)/g;
/** 李梅,身份证号2105…: whose number it is stands before it, without any role. A whole number must follow: lists of papers to bring name none. */
const idNumber = ['身份证件号码', '身份证件号', '身份证号码', '身份证号', '身份证', '身份号码']
  .map(spaced)
  .join('|');
const ownNumber = new RegExp(`[ ]?[,(、:;][ ]?(?:居民|公民)?(?:${idNumber})[ ]?[:为是]?[ ]?[\\d*]{6}`, 'g');
const separator = /[ \n]?[:][ \n]?|[ \n|]|[(][^()]{0,8}[)][:]?[ ]?/y;

/** A name is looked for only where a word says so: searching every place of a page for surnames costs ten times as much. */
type Reading = { readonly after: RegExp; readonly before: RegExp };
const reading = (name: string): Reading => ({
  after: new RegExp(`${name}${boundary}`, 'y'),
  before: new RegExp(`${name}(?=[ ]?[(]?$)`),
});
const chinese = reading(chineseName);
const any = reading(anyName);
const longestName = 20;

const stickyEnd = (pattern: RegExp, text: string, at: number): number | undefined => {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : undefined;
};

const read = new WeakMap<NormalisedText, Naming[]>();

/** Every naming of a person, in order; who is named in office and as a private person is a private person. */
export const namings = (normalised: NormalisedText): readonly Naming[] => {
  const known = read.get(normalised);
  if (known) return known;
  const { text } = normalised;
  const { after, before } = text.includes('·') ? any : chinese;
  const found = new Map<number, Naming>();
  const add = (start: number, end: number, use: Naming['use'], sure: number): void => {
    const name = text.slice(start, end).replace(/ /g, '');
    if (isName(name) && !found.has(start)) found.set(start, { start, end, name, use, sure });
  };
  const behind = (role: RegExp, use: Naming['use'], apart: number, together: number): void => {
    for (const match of text.matchAll(role)) {
      const roleEnd = match.index + match[0].length;
      const start = stickyEnd(separator, text, roleEnd) ?? roleEnd;
      const end = stickyEnd(after, text, start);
      if (end === undefined) continue;
      const loose = start === roleEnd && use === 'private';
      if (!loose || !names.neverWithoutColon.includes(text.charAt(start)))
        add(start, end, use, start === roleEnd ? together : apart);
    }
  };
  const inFront = (word: RegExp, use: Naming['use'], sure: number): void => {
    for (const { index } of text.matchAll(word)) {
      const from = Math.max(0, index - longestName);
      const match = before.exec(text.slice(from, index));
      if (match) add(from + match.index, from + match.index + match[0].length, use, sure);
    }
  };
  behind(privateRole, 'private', 0.85, 0.7);
  inFront(sex, 'private', 0.9);
  inFront(address, 'private', 0.7);
  inFront(ownNumber, 'private', 0.9);
  behind(officeRole, 'office', 0.7, 0.7);
  inFront(title, 'office', 0.6);
  const all = [...found.values()].sort((a, b) => a.start - b.start);
  read.set(normalised, all);
  return all;
};
