export { auditOf, type WithOffice } from './audit.ts';
export { type Check, calendar, provider, sayChecks } from './checks.ts';
export { type Command, type ExitCode, type Given, type Options, WrongUse } from './command.ts';
export { readPassword } from './password.ts';
export { type Commands, runCommands } from './run-commands.ts';
