import { expect, it } from 'vitest';
import { normaliseCharacters, readableText } from './normalised-text.ts';

it('keeps full-width punctuation and letters for people as typed, and mends only stray code points', () => {
  const typed = [...'经审核，现公示：第（一）项　Ａ㈠\uF967⺠\u200b完\r\n'];
  const normalised = normaliseCharacters(typed);
  expect(normalised.text).toContain('经审核,现公示:第(一)项 A(一)');
  expect(readableText(normalised, typed)).toBe('经审核，现公示：第（一）项 Ａ㈠不民完\n');
});
