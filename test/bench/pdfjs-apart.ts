// A process of its own for pdf.js, which the console brings along: text with positions of every page.
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import type { InspectAnswer } from './inspect-apart.ts';
import { jobGiven } from './program.ts';
import { repeated } from './stopwatch.ts';

type PdfJs = {
  getDocument(source: object): {
    promise: Promise<{
      numPages: number;
      getPage(n: number): Promise<{ getTextContent(): Promise<{ items: { str?: string }[] }> }>;
    }>;
    destroy(): Promise<void>;
  };
};

const { path } = jobGiven<{ path: string }>();
const fromConsole = createRequire(new URL('../../packages/console/package.json', import.meta.url));
const main = fromConsole.resolve('pdfjs-dist/legacy/build/pdf.mjs');
const { getDocument } = (await import(pathToFileURL(main).href)) as PdfJs;

let characters = 0;
const once = async (): Promise<void> => {
  const opening = getDocument({ data: new Uint8Array(await readFile(path)), verbosity: 0 });
  const document = await opening.promise;
  characters = 0;
  for (let n = 1; n <= document.numPages; n += 1) {
    const { items } = await (await document.getPage(n)).getTextContent();
    for (const { str = '' } of items) characters += str.replaceAll(/\s/g, '').length;
  }
  await opening.destroy();
};
await once();
const times = await repeated(once);
process.send?.({
  times,
  peakMb: process.resourceUsage().maxRSS / 1024,
  characters,
} satisfies InspectAnswer);
