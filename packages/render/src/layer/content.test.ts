import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { balance, tokens } from './content.ts';

const read = (source: string): string[] =>
  [...tokens(Buffer.from(source, 'latin1'))].map((it) =>
    it.kind === 'name'
      ? `/${it.name}`
      : it.kind === 'operator'
        ? it.name
        : `(${Buffer.from(it.bytes).toString('latin1')})`,
  );

describe('tokens of a content stream', () => {
  it('reads strings with escapes, nesting, octal and hexadecimal', () => {
    expect(read('(a\\(b\\) (c) \\101\\n) Tj <4142 4> Tj')).toEqual(['(a(b) (c) A\n)', 'Tj', '(AB@)', 'Tj']);
  });
  it('does not take numbers, dictionaries or comments for operators', () => {
    expect(read('/F1 12 Tf % (no) Tj\n/P <</MCID 0>> BDC [(x) -120 (y)] TJ EMC')).toEqual([
      '/F1',
      'Tf',
      '/P',
      '/MCID',
      'BDC',
      '(x)',
      '(y)',
      'TJ',
      'EMC',
    ]);
  });
  it('steps over the data of an inline image', () => {
    expect(read('q BI /W 1 /H 1 ID q(EIq\u00ff EI Q')).toEqual(['q', 'BI', '/W', '/H', 'ID', 'Q']);
  });
  it('survives what is cut off in the middle', () => {
    for (const broken of ['(abc', '<41', 'BI ID xx', '(\\', '<<']) expect(() => read(broken)).not.toThrow();
  });
});

describe('balance', () => {
  it.each([
    ['q Q', 1, 1],
    ['q q', 1, 3],
    ['Q Q q', 3, 2],
  ])('of %s', (source, before, after) => {
    expect(balance(Buffer.from(source))).toEqual({ before, after });
  });

  it('sees the operators that `tokens` sees, whatever the bytes', () => {
    const pieces = fc.constantFrom(
      ...[
        'q',
        'Q',
        'q',
        'Q',
        ' ',
        '\n',
        '(',
        ')',
        '\\',
        '<',
        '>',
        '<<',
        '>>',
        '[',
        ']',
        '/q',
        '%',
        'BI',
        ' ID ',
        ' EI ',
      ],
      ...['Tj', '12', '.5', 'qQ', '\u00ff', '4a'],
    );
    const counted = (bytes: Buffer): { before: number; after: number } => {
      let [depth, lowest] = [0, 0];
      for (const token of tokens(bytes)) {
        if (token.kind !== 'operator') continue;
        if (token.name === 'q') depth++;
        if (token.name === 'Q') lowest = Math.min(lowest, --depth);
      }
      return { before: 1 - lowest, after: depth - lowest + 1 };
    };
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 60 }), (all) => {
        const bytes = Buffer.from(all.join(''), 'latin1');
        expect(balance(bytes)).toEqual(counted(bytes));
      }),
      { numRuns: 2_000 },
    );
  });
});
