import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { handMadeZip } from '../../packages/inspect/src/zip/hand-made-zip.ts';

/** So many pages of what offices write, in Word; from the beginning again when the texts run out. */
export const wordDocument = (pages: number): Buffer => {
  const seed = fileURLToPath(new URL('../../packages/local/documents/seed/', import.meta.url));
  const text = readdirSync(seed)
    .sort()
    .flatMap((name) => readFileSync(join(seed, name), 'utf8').split(/\r?\n/))
    .map((line) => line.replace(/[<>&\d]/g, '').trim())
    .filter((line) => line.length > 20);
  const escaped = (line: string): string => `<w:p><w:r><w:t>${line.slice(0, 120)}</w:t></w:r></w:p>`;
  const page = (n: number): string =>
    Array.from({ length: 8 }, (_, line) => escaped(text[(n * 8 + line) % text.length] ?? '')).join('');
  const brk = '<w:p><w:r><w:br w:type="page"/></w:r></w:p>';
  const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
  const types = 'http://schemas.openxmlformats.org/package/2006';
  return handMadeZip([
    {
      name: '[Content_Types].xml',
      body: `<?xml version="1.0"?><Types xmlns="${types}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>`,
    },
    {
      name: '_rels/.rels',
      body: `<?xml version="1.0"?><Relationships xmlns="${types}/relationships"><Relationship Id="rId1" Type="${office}/officeDocument" Target="word/document.xml"/></Relationships>`,
    },
    {
      name: 'word/document.xml',
      body: `<?xml version="1.0"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>${Array.from({ length: pages }, (_, n) => page(n)).join(brk)}</w:body></w:document>`,
    },
  ]);
};
