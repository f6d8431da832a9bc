// `npm run gallery`: docs/gallery.md anew, with what the product makes of the offices' documents, as pictures and PDF.
import { join } from 'node:path';
import { home, install, run } from './install.mjs';

install('all');
process.exit(await run(['--disable-warning=ExperimentalWarning', join(home, 'test/gallery/main.ts')]));
