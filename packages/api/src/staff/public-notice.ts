import {
  allow,
  err,
  kindNames,
  loadDictionary,
  type Office,
  ok,
  type Refusal,
  type Result,
  refusal,
  wordsOf,
} from '@gongkai/core';
import { soon } from '../soon.ts';

/** A withdrawal waits for nobody: the machine may be at a file that takes it minutes. */
const patience = 5_000;

/** What stands in the place of a notice that nobody could look at. */
const plainNotice = '本信息已撤回公开。';

type Words = { readonly reason: string; readonly notice: string };

/**
 * The public words of a withdrawal, which one person writes and nobody reviews: searched like a title. What would have to be
 * answered in a document is refused (`notice-findings`); where the search does not answer, the withdrawal goes on with plain
 * words, and what was meant stays with the reason, for the file.
 */
export const checkedNotice = async (
  office: Office,
  { reason, notice }: Words,
  milliseconds: number = patience,
): Promise<Result<Words, Refusal>> => {
  const dictionary = await loadDictionary(office);
  const found = await soon(office.inspector.inspectText(notice, 'notice', wordsOf(dictionary)), milliseconds);
  if (found === undefined)
    return ok({ reason: `${reason}\n（公告未能检查，没有对外显示：${notice}）`, notice: plainNotice });
  const kinds = new Set(
    allow(found, dictionary).flatMap(({ severity, kind }) => (severity === 'low' ? [] : [kind])),
  );
  if (kinds.size === 0) return ok({ reason, notice });
  const named = [...kinds].map((kind) => kindNames[kind]);
  const details = {
    kinds: named.map(([zh]) => zh).join('、'),
    kindsEn: named.map(([, en]) => en).join(', '),
  };
  return err(refusal('notice-findings', details));
};
