import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { contentDisposition } from './content-disposition.ts';

describe('the file name in a header', () => {
  it('carries the Chinese title and an ASCII one beside it', () => {
    expect(contentDisposition('attachment', '关于预算的通知', '000000019/2026-00001')).toBe(
      `attachment; filename="000000019-2026-00001.pdf"; filename*=UTF-8''${encodeURIComponent('关于预算的通知')}.pdf`,
    );
  });

  it.each([
    ['a new header', 'x\r\nSet-Cookie: a=b', 'x%20Set-Cookie%20a%3Db'],
    ['a quotation mark', 'x"; filename="evil.exe', 'x%20%3B%20filename%3D%20evil.exe'],
    ['a folder', '../../etc/passwd', 'etc%20passwd'],
    ['a turned-round ending', '通知\u202efdp.exe', '%E9%80%9A%E7%9F%A5fdp.exe'],
    ['half a character', '通\ud800知', '%E9%80%9A%E7%9F%A5'],
    ['quotes of RFC 8187', "a'b(c)*d", 'a%27b%28c%29%20d'],
  ])('cannot be led astray by %s', (_, title, expected) => {
    expect(contentDisposition('inline', title, 'n')).toBe(
      `inline; filename="n.pdf"; filename*=UTF-8''${expected}.pdf`,
    );
  });

  it('is one line of ASCII with two names, whatever the title', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (title) => {
        const header = contentDisposition('attachment', title, title);
        expect(header).toMatch(
          /^attachment; filename="[A-Za-z0-9-]+\.pdf"; filename\*=UTF-8''[A-Za-z0-9!#$&+.^_`|~%-]+\.pdf$/,
        );
      }),
    );
  });

  it('has a name when the title has none', () => {
    expect(contentDisposition('inline', ' \u202e// ', '')).toBe(
      `inline; filename="document.pdf"; filename*=UTF-8''document.pdf`,
    );
  });
});
