import { err, noWords, type Office, ok, type Refusal, type Result, refusal } from '@gongkai/core';
import { soon } from '../soon.ts';

/** Who types waits no longer; what was not looked at here, the gate looks at before anything is public. */
const patience = 2_000;

const textsIn = (value: unknown): readonly string[] => {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
};

/**
 * What people type into a record must bear no state-secret mark: it may not be on this machine at all (保守国家秘密法 §31), and
 * a record is not destroyed like a file. Refuses `form-secret`.
 */
export const withoutSecretMark = async (
  office: Pick<Office, 'inspector'>,
  typed: unknown,
  milliseconds: number = patience,
): Promise<Result<void, Refusal>> => {
  const text = textsIn(typed).join('\n\n');
  if (text.trim() === '') return ok(undefined);
  const found = await soon(office.inspector.inspectText(text, 'typed', noWords), milliseconds);
  const secret = found?.find(({ severity }) => severity === 'stop');
  return secret === undefined ? ok(undefined) : err(refusal('form-secret', { mark: secret.text }));
};
