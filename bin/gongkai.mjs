#!/usr/bin/env node
// The command line: `npx gongkai …` from the checkout; `npx gongkai aws …` for an office on AWS.
import { join } from 'node:path';
import { home, install, run } from './install.mjs';

const given = process.argv.slice(2);
const onAws = given[0] === 'aws';
const args = onAws ? given.slice(1) : given;
install(onAws ? 'aws' : 'run');
if (!onAws && args[0] === 'start') await (await import('./console.mjs')).buildConsole();
const main = onAws ? 'packages/cloud/src/cli/main.ts' : 'packages/local/src/cli/main.ts';
process.exit(await run(['--disable-warning=ExperimentalWarning', join(home, main), ...args]));
