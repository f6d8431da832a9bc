// `npm run fuzz [-- --minutes 30] [-- --seed N]`: broken files through intake, conversion and inspection.
import { join } from 'node:path';
import { home, install, run } from './install.mjs';

install('all');
process.exit(
  await run([
    '--disable-warning=ExperimentalWarning',
    join(home, 'test/fuzz/main.ts'),
    ...process.argv.slice(2),
  ]),
);
