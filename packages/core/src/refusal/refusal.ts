import * as z from 'zod';

/**
 * Every reason for which the product says no. One enum, one sentence in two languages each (sentences.ts),
 * one HTTP status each. Add the code here, the compiler then asks for its sentence.
 */
export const refusalCode = z.enum([
  // intake
  'empty-file',
  'too-large',
  'truncated',
  'checksum-mismatch',
  'type-not-accepted',
  'type-mismatch',
  'polyglot',
  'damaged',
  'encrypted',
  'macros',
  'archive-bomb',
  'archive-inconsistent',
  'archive-nested',
  'path-escape',
  'xml-dangerous',
  'external-reference',
  'embedded-object',
  'xfa-form',
  'image-too-large',
  'text-encoding',
  'too-many-pages',
  'too-many-findings',
  'state-secret',
  'malware',
  'scanner-missing',
  'scanner-silent',
  'scanner-pending',
  'scanner-unsupported',
  'scanner-denied',
  'scanner-failed',
  // convert, inspect, render, gate
  'converter-missing',
  'conversion-failed',
  'no-pages',
  'out-of-time',
  'out-of-memory',
  'inspection-failed',
  'glyph-missing',
  'redaction-failed',
  'redaction-not-proven',
  'gate-findings',
  // people
  'not-signed-in',
  'wrong-credentials',
  'rate-limited',
  'not-allowed',
  'new-reviewer',
  'reauthentication-needed',
  'same-person',
  'already-decided',
  'cross-site',
  'roles-conflict',
  'last-administrator',
  'account-taken',
  'password-weak',
  'second-factor-needed',
  // sign-in by the office's own provider (OIDC)
  'oidc-off',
  'oidc-unreachable',
  'oidc-refused',
  'oidc-cookie-missing',
  'oidc-not-begun',
  'oidc-answer-invalid',
  'oidc-unknown',
  'oidc-other-person',
  'oidc-not-fresh',
  'oidc-weak',
  'person-disabled',
  'identity-taken',
  'identity-present',
  'local-sign-in-off',
  // work
  'not-found',
  'gone',
  'not-public',
  'changed-meanwhile',
  'wrong-state',
  'bytes-changed',
  'findings-unanswered',
  'reason-needed',
  'ground-needed',
  'display-floor',
  'date-invalid',
  'date-past',
  'display-too-short',
  'display-too-long',
  'display-kind',
  'metadata-incomplete',
  'invalid-input',
  'policy-invalid',
  'index-number-taken',
  'upload-offset',
  'quota',
  'retained',
  // the office's dictionary
  'dictionary-has-it',
  'dictionary-word-length',
  'dictionary-full',
  'dictionary-no-patterns',
  'dictionary-changed',
]);
export type RefusalCode = z.infer<typeof refusalCode>;

/** `details` fills the blanks of the sentence and tells where: page, part, limit, name. */
export type Refusal = {
  readonly code: RefusalCode;
  readonly details?: Readonly<Record<string, string | number>>;
};

export const refusal = (code: RefusalCode, details?: Refusal['details']): Refusal =>
  details === undefined ? { code } : { code, details };
