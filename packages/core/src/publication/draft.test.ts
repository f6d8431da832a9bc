import { describe, expect, it } from 'vitest';
import type { Redaction } from '../document/index.ts';
import type { Actor } from '../people/index.ts';
import { edit, open } from './draft.ts';
import { metadata } from './metadata.ts';

const maker: Actor = { person: 'per_1', name: '王敏', account: 'wang', roles: ['maker'], via: 'console' };
const now = '2026-11-27T08:00:00.000Z';
const file = { id: 'f1', name: '公示.pdf', sha256: 'a'.repeat(64), size: 1, pages: 2 };

const drafted = () => {
  const given = {
    id: 'pub_1',
    correlationId: 'cor_1',
    metadata: metadata.parse({ office: '三村镇人民政府' }),
  };
  const item = open({ ...given, display: { kind: 'days', amount: 7 } }, maker, now);
  return {
    ...item,
    files: [{ ...file, progress: 'inspected' as const, substitutedFonts: [], findings: [] }],
  };
};
const box = { page: 1, x: 100, y: 100, width: 80, height: 16 };
const redacting = (change: Partial<typeof box>, at = 0): Redaction[] => [
  { id: 'r1', file: at, boxes: [{ ...box, ...change }], ground: 'privacy' },
];

describe('the boxes of a draft', () => {
  it('lie on a page that is there', () => {
    expect(edit(drafted(), { redactions: redacting({}) }, maker, now)).toMatchObject({ ok: true });
    for (const redactions of [redacting({ page: 3 }), redacting({}, 1)])
      expect(edit(drafted(), { redactions }, maker, now)).toMatchObject({ error: { code: 'invalid-input' } });
  });

  it.each([
    [{ x: -1e9 }],
    [{ y: 40_000 }],
    [{ width: 1e308 }],
    [{ x: 1e308, width: 1e308 }],
    [{ height: Number.POSITIVE_INFINITY }],
  ])('are refused far from any page, made and demanded alike: %j', (far) => {
    for (const change of [{ redactions: redacting(far) }, { demanded: redacting(far) }])
      expect(edit(drafted(), change, maker, now)).toMatchObject({ error: { code: 'invalid-input' } });
  });
});

describe('the hour of publication', () => {
  it.each(['+010000-01-01T00:00:00.000Z', '9999-12-31T23:59:59.000Z', '-000001-12-31T00:00:00.000Z'])(
    'is refused where no calendar reaches, and never taken for one that has passed: %s',
    (publishAt) => {
      expect(edit(drafted(), { publishAt }, maker, now)).toMatchObject({ error: { code: 'date-invalid' } });
      expect(edit(drafted(), { publishAt: '2199-12-31T00:00:00.000Z' }, maker, now).ok).toBe(true);
    },
  );
});
