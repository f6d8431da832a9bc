/**
 * Control characters, directions (an `exe.docx` that reads `xcod.exe`), joiners and other invisible ones. What a
 * name hides is a finding of inspect; here it must only not deceive whoever reads a list.
 */
const invisible = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Co}\p{Cn}]/gu;

/** The name of an upload as it is shown and kept: no path, nothing invisible, at most 200 characters, the ending kept. */
export const displayName = (given: string): string => {
  const bare = given.normalize('NFC').toWellFormed().split(/[/\\]/).at(-1) ?? '';
  const clean = bare.replace(invisible, '').replace(/\s+/g, ' ').trim();
  if (clean === '' || /^\.+$/.test(clean)) return '未命名';
  const letters = [...clean];
  if (letters.length <= 200) return clean;
  const ending = /\.[^.]{1,10}$/.exec(clean)?.[0] ?? '';
  return letters.slice(0, 200 - [...ending].length).join('') + ending;
};
