import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { foundValue } from './value.ts';

const mobile = (text: string) => foundValue({ kind: 'mobile', text });

describe('the value of a finding', () => {
  it('is the same however a number was written', () => {
    const one = mobile('13800138000');
    for (const written of [
      '138 0013 8000',
      '138-0013-8000',
      '１３８００１３８０００',
      '+86 13800138000',
      '138\n00138000',
    ])
      expect(mobile(written), written).toBe(one);
    expect(mobile('13800138001')).not.toBe(one);
    expect(foundValue({ kind: 'landline', text: '（0571）8888-1234' })).toBe(
      foundValue({ kind: 'landline', text: '0571-88881234' }),
    );
  });

  it('keeps what a point or a word tells apart', () => {
    expect(foundValue({ kind: 'comment', text: '5000.1元' })).not.toBe(
      foundValue({ kind: 'comment', text: '50001元' }),
    );
    expect(foundValue({ kind: 'comment', text: '甲-乙' })).not.toBe(
      foundValue({ kind: 'comment', text: '甲乙' }),
    );
  });

  it('of another kind is another', () => {
    expect(foundValue({ kind: 'landline', text: '13800138000' })).not.toBe(mobile('13800138000'));
  });

  it('is nobody else’s for a page that was not searched, and for what has no text', () => {
    expect(foundValue({ kind: 'not-searched', text: '1, 2' })).toBeUndefined();
    expect(foundValue({ kind: 'metadata', text: ' \u200b' })).toBeUndefined();
  });

  it('does not change when spaces are put in anywhere', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'张三（1３8－aＢ.') }), fc.nat(), (text, at) => {
        const letters = [...text.normalize('NFKC')];
        const place = letters.length === 0 ? 0 : at % (letters.length + 1);
        const spaced = [...letters.slice(0, place), ' ', ...letters.slice(place)].join('');
        expect(foundValue({ kind: 'comment', text: spaced })).toBe(
          foundValue({ kind: 'comment', text: letters.join('') }),
        );
      }),
    );
  });
});
