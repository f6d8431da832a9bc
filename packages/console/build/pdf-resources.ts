import { createReadStream, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'vite';

const home = dirname(fileURLToPath(import.meta.resolve('pdfjs-dist/package.json')));
const folders = ['cmaps', 'standard_fonts', 'wasm', 'iccs'];
// The console renders scripts of no document: the interpreter that pdf.js brings for them stays out.
const wanted = (name: string) => !name.startsWith('quickjs');

/**
 * Puts what pdf.js fetches while it draws (character maps for Chinese fonts that a PDF does not embed, image
 * decoders, stand-ins for the 14 standard fonts) beside the console, so that no page asks another host.
 */
export const pdfResources = (): Plugin => ({
  name: 'pdf-resources',
  generateBundle() {
    for (const folder of folders)
      for (const name of readdirSync(join(home, folder)).filter(wanted))
        this.emitFile({
          type: 'asset',
          fileName: `pdfjs/${folder}/${name}`,
          source: readFileSync(join(home, folder, name)),
        });
  },
  configureServer(server) {
    server.middlewares.use((request, response, next) => {
      const match = /\/pdfjs\/(\w+)\/([\w.-]+)$/.exec(request.url ?? '');
      const [, folder = '', name = ''] = match ?? [];
      if (!folders.includes(folder)) return next();
      createReadStream(join(home, folder, name))
        .on('error', next)
        .pipe(response);
    });
  },
});
