import type { Instant } from '../ports/index.ts';
import { err, ok, type Refusal, type Result, refusal } from '../refusal/index.ts';
import { type Actor, holds, type Person, type Role } from './person.ts';

const reviewing: readonly Role[] = ['first-reviewer', 'second-reviewer', 'principal', 'secrecy-officer'];

export type PersonChange = Partial<Pick<Person, 'name' | 'department' | 'email' | 'roles' | 'disabled'>>;

/**
 * 任免: a person as they would be. Who manages people holds no other role (they would see drafts, or could make
 * themselves a pair of eyes), nobody changes their own roles, and one administrator stays. A reviewing role that is
 * newly given begins its waiting time now, except for the people with whom the office is founded; so does every one
 * of theirs when somebody else sets their password, who could then sign in as them.
 */
export const appoint = (
  before: Person,
  change: PersonChange,
  who: Pick<Actor, 'person' | 'roles' | 'via'>,
  context: { now: Instant; others: readonly Person[]; founding?: boolean; passwordReset?: boolean },
): Result<Person, Refusal> => {
  const next: Person = { ...before, ...change, roles: [...new Set(change.roles ?? before.roles)] };
  const extra = next.roles.filter((role) => role !== 'administrator');
  if (holds(next, 'administrator') && extra.length > 0)
    return err(refusal('roles-conflict', { roles: extra.join(', ') }));

  const rolesChange = [...next.roles].sort().join() !== [...before.roles].sort().join();
  if (before.id === who.person && (rolesChange || next.disabled !== before.disabled))
    return err(refusal('not-allowed', { role: 'another-administrator' }));

  const active = (one: Person) => holds(one, 'administrator') && !one.disabled;
  if (active(before) && !active(next) && !context.others.some((one) => one.id !== before.id && active(one)))
    return err(refusal('last-administrator'));

  const given = next.roles.some((role) => reviewing.includes(role) && !before.roles.includes(role));
  const reviews = next.roles.some((role) => reviewing.includes(role));
  const wakes = reviews && ((before.disabled && !next.disabled) || context.passwordReset === true);
  return ok((given || wakes) && !context.founding ? { ...next, reviewerSince: context.now } : next);
};
