import { describe, expect, it } from 'vitest';
import { inspectText } from '../text/search-text.ts';
import { creditCode } from './credit-code.ts';
import { detected } from './detect.ts';

describe('credit-code', () => {
  it('finds a code with the right check character', () => {
    expect(detected(creditCode, '统一社会信用代码91350100M000100Y43')).toEqual(['91350100M000100Y43']);
  });

  it.each(['91350100M000100Y44', '91350100M000****43', 'X91350100M000100Y43'])('leaves %s alone', (text) => {
    expect(detected(creditCode, text)).toEqual([]);
  });

  it('leaves a number to the resident ID that it is', () => {
    expect(inspectText('11010119900307109X').map(({ rule }) => rule)).toEqual(['resident-id']);
  });
});
