import { expect, it } from 'vitest';
import { appoint } from './appoint.ts';
import type { Person } from './person.ts';

const now = '2026-02-10T01:00:00.000Z';
const person = (id: string, roles: Person['roles'], disabled = false): Person => ({
  id,
  name: id,
  department: '',
  email: '',
  roles,
  disabled,
  createdAt: now,
});
const boss = person('boss', ['administrator']);
const who = { person: 'boss', roles: boss.roles, via: 'console' as const };
const others = [boss, person('b', ['maker'])];

it('refuses an administrator any other role', () => {
  for (const role of ['maker', 'first-reviewer', 'second-reviewer', 'principal', 'supervisor'] as const)
    expect(appoint(person('x', []), { roles: ['administrator', role] }, who, { now, others })).toMatchObject({
      ok: false,
      error: { code: 'roles-conflict' },
    });
});

it('lets nobody change their own roles or disable themselves', () => {
  for (const change of [{ roles: ['first-reviewer' as const] }, { disabled: true }])
    expect(appoint(boss, change, who, { now, others: [...others, person('c', ['administrator'])] }).ok).toBe(
      false,
    );
  expect(appoint(boss, { name: '新名' }, who, { now, others })).toMatchObject({ ok: true });
});

it('keeps the last administrator', () => {
  const other = person('c', ['administrator']);
  const by = { ...who, person: 'someone' };
  expect(appoint(boss, { disabled: true }, by, { now, others })).toMatchObject({
    error: { code: 'last-administrator' },
  });
  expect(appoint(boss, { disabled: true }, by, { now, others: [...others, other] }).ok).toBe(true);
  expect(
    appoint(boss, { disabled: true }, by, { now, others: [...others, { ...other, disabled: true }] }).ok,
  ).toBe(false);
});

it('starts the waiting time of a reviewing role that is newly given, and only then', () => {
  const since = (before: Person, change: Partial<Person>, founding = false) => {
    const next = appoint(before, change, who, { now, others, founding });
    return next.ok ? next.value.reviewerSince : next.error.code;
  };
  const maker = person('m', ['maker']);
  expect(since(maker, { roles: ['maker', 'first-reviewer'] })).toBe(now);
  expect(since(maker, { roles: ['maker', 'records-officer'] })).toBeUndefined();
  expect(since(maker, { roles: ['first-reviewer'] }, true)).toBeUndefined();
  const reviewer = { ...person('r', ['first-reviewer']), reviewerSince: '2026-01-01T00:00:00.000Z' };
  expect(since(reviewer, { name: '改名' })).toBe('2026-01-01T00:00:00.000Z');
  expect(since(reviewer, { roles: ['first-reviewer', 'second-reviewer'] })).toBe(now);
  // Disabled and enabled again is a new beginning: else an old account is a pair of eyes at hand.
  expect(since({ ...reviewer, disabled: true }, { disabled: false })).toBe(now);
  // And so is a password that somebody else has set.
  const reset = appoint(reviewer, {}, who, { now, others, passwordReset: true });
  expect(reset).toMatchObject({ value: { reviewerSince: now } });
});
