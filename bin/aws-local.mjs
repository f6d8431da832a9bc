// `npm run start:aws-local`: the product on AWS, played on this machine (test/aws-local): for development.
import { join } from 'node:path';
import { buildConsole } from './console.mjs';
import { home, install, run } from './install.mjs';

install('all');
await buildConsole();
process.exit(
  await run([
    '--disable-warning=ExperimentalWarning',
    join(home, 'test/aws-local/main.ts'),
    ...process.argv.slice(2),
  ]),
);
