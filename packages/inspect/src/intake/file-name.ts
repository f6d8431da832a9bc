import type { Finding } from '@gongkai/core';
import { makeFinding } from '../finding.ts';
import { inspectText } from '../text/search-text.ts';

const tricks: readonly (readonly [RegExp, string, string])[] = [
  [
    /[\u202a-\u202e\u2066-\u2069\u200e\u200f]/u,
    '文件名含有改变书写方向的字符，显示的扩展名可能是假的。',
    'The name turns the writing direction; the extension that is shown may be false.',
  ],
  [/[\u200b-\u200d\u2060\ufeff\u00ad]/u, '文件名含有看不见的字符。', 'The name holds invisible characters.'],
  [/[\u0000-\u001f\u007f]/, '文件名含有控制字符。', 'The name holds control characters.'],
  [/\.\.|[/\\]/, '文件名含有路径。', 'The name holds a path.'],
  [
    /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i,
    '文件名是系统保留名。',
    'The name is reserved by the operating system.',
  ],
  [/[. ]$/, '文件名以点或空格结尾。', 'The name ends in a dot or a space.'],
];

/** Odd names, and names that say what must not be said (bad-inputs rows 48 and 49). Nothing on disk bears this name. */
export const examineName = (name: string): Finding[] => {
  const odd = tricks
    .filter(([pattern]) => pattern.test(name))
    .map(([, zh, en], ordinal) =>
      makeFinding({
        kind: 'file-name',
        severity: 'low',
        rule: 'file-name',
        sure: 1,
        text: name,
        part: 'file name',
        ordinal,
        why: { zh, en },
      }),
    );
  const long = Buffer.byteLength(name) > 255;
  if (long) {
    const why = { zh: '文件名过长。', en: 'The name is too long.' };
    odd.push(
      makeFinding({
        kind: 'file-name',
        severity: 'low',
        rule: 'file-name',
        sure: 1,
        text: name,
        part: 'file name',
        ordinal: 99,
        why,
      }),
    );
  }
  return [...odd, ...inspectText(name.replace(/\.[A-Za-z0-9]{1,5}$/, ''), 'file name')];
};

/** The extension as the user's machine would take it, lower case, without dot; '' when there is none. */
export const extensionOf = (name: string): string => {
  const match = /\.([A-Za-z0-9]{1,8})[. ]*$/.exec(name.normalize('NFKC'));
  return (match?.[1] ?? '').toLowerCase();
};
