export { appoint, type PersonChange } from './appoint.ts';
export { type Actor, actor, holds, machine, type Person, person, type Role, role } from './person.ts';
