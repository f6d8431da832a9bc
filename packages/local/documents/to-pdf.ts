import { basename, resolve } from 'node:path';
import { handle } from '@gongkai/render/convert-worker';

/** `node to-pdf.ts FROM.docx TO.pdf`, with the product's own converter and fonts; make.py calls it. */
const [input, output] = process.argv.slice(2);
if (input === undefined || output === undefined) throw new Error('FROM.docx TO.pdf');
const made = await handle({
  input: resolve(input),
  type: 'docx',
  name: basename(input),
  output: resolve(output),
});
if (!made.ok) throw new Error(JSON.stringify(made.error));
console.log(`${output}: ${made.value.pages}`);
process.exit();
