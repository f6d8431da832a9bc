export { type Actor, actor, holds, machine, type Person, person, type Role, role } from './person.ts';
