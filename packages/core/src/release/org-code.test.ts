import { expect, it } from 'vitest';
import { isCreditCode, isOrganisationCode, orgCodeWarning } from './org-code.ts';

it.each(['11341702486344515H', '11441700007280420Y'])('knows %s for a credit code', (code) => {
  expect(isCreditCode(code)).toBe(true);
  expect(orgCodeWarning(code)).toBeUndefined();
});

it.each(['000014349', '01404053X', '01527918X'])('knows %s for an organisation code', (code) => {
  expect(isOrganisationCode(code)).toBe(true);
  expect(orgCodeWarning(code)).toBeUndefined();
});

it.each(['000000001', '035210000', '11341702486344516H', '11341702486344515I', '', '0000143490'])(
  'warns about %j',
  (code) => {
    expect(orgCodeWarning(code)?.zh).toContain(code);
  },
);

it('notices any single wrong character', () => {
  const code = '11341702486344515H';
  for (let at = 0; at < code.length; at += 1)
    for (const other of '0123456789ABCDEFGHJKLMNPQRTUWXY')
      if (other !== code[at])
        expect(isCreditCode(code.slice(0, at) + other + code.slice(at + 1))).toBe(false);
});
