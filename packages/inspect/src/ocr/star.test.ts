import { describe, expect, it } from 'vitest';
import { meantStars } from './star.ts';

const starred = (text: string): string => {
  const places = new Set(meantStars(text));
  return [...text].map((letter, at) => (places.has(at) ? '★' : letter)).join('');
};

describe('a star that was read as something else', () => {
  it.each([
    ['机密妇 5年\n关于', '机密★ 5年\n关于'],
    ['机密娘\n', '机密★\n'],
    ['絕密广长期', '絕密★长期'],
    ['秘密女 ]1年', '秘密★ ]1年'],
    ['编号3 机 密*10年', '编号3 机 密★10年'],
  ])('%j is one', (read, meant) => expect(starred(read)).toBe(meant));

  it.each([
    '涉及国家秘密的事项，保密期限10年',
    '机密级',
    '机密',
    '秘密文件',
    '关于机密文件5年内的处理',
    '保守秘密是义务',
    '机密★5年',
  ])('%j is as it was', (read) => expect(starred(read)).toBe(read));
});
