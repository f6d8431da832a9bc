import { writeFileSync } from 'node:fs';
import { foundationApp, templateFile, templateText } from './index.ts';

// `node infra/foundation/synth.ts`: writes the template that SST deploys. Commit it; a test compares.
const { app, stack } = foundationApp();
const text = templateText(app, stack);
writeFileSync(templateFile, text);
console.log(`${templateFile}: ${Buffer.byteLength(text)} bytes`);
