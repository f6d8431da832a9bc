#!/usr/bin/env node
// The command line: `npx gongkai …` from the checkout.
import { join } from 'node:path';
import { home, install, run } from './install.mjs';

install('run');
const args = process.argv.slice(2);
if (args[0] === 'start') await (await import('./console.mjs')).buildConsole();
process.exit(
  await run(['--disable-warning=ExperimentalWarning', join(home, 'packages/local/src/cli/main.ts'), ...args]),
);
