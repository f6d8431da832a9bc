// `npm run bench [-- PART…] [-- --json]`: how fast this machine does the product's work, as tables with ratios.
import { join } from 'node:path';
import { home, install, run } from './install.mjs';

install('all');
process.exit(
  await run([
    '--disable-warning=ExperimentalWarning',
    join(home, 'test/bench/main.ts'),
    ...process.argv.slice(2),
  ]),
);
