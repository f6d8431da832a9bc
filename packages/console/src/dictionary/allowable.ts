import type { AllowableKind, FindingKind, Role } from '@gongkai/core';

/** What the whitelist takes; the server decides again. */
export const allowable = [
  'landline',
  'mobile',
  'email',
  'social-account',
  'address',
  'person-name',
  'bank-card',
  'credit-code',
  'licence-plate',
  'case-number',
  'office-word',
] as const satisfies readonly AllowableKind[];

const kinds: ReadonlySet<FindingKind> = new Set(allowable);
const mayAllow: readonly Role[] = ['secrecy-officer', 'second-reviewer', 'principal'];

/** Where somebody who may adds what was found to the whitelist; undefined for everybody and everything else. */
export const allowingAt = (
  { kind, text, severity }: { kind: FindingKind; text: string; severity: string },
  roles: readonly Role[],
): string | undefined =>
  kinds.has(kind) && severity !== 'low' && roles.some((role) => mayAllow.includes(role))
    ? `/dictionary?${new URLSearchParams({ tab: 'whitelist', kind, value: text })}`
    : undefined;
