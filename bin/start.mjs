// `npm start`: installs what running needs, builds the console, starts the product on one address.
import { join } from 'node:path';
import { buildConsole } from './console.mjs';
import { home, install, run } from './install.mjs';

install('run');
await buildConsole();
process.exit(
  await run([
    '--disable-warning=ExperimentalWarning',
    join(home, 'packages/local/src/cli/main.ts'),
    'start',
    '--demonstration',
    ...process.argv.slice(2),
  ]),
);
