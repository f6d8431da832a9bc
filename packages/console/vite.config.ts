import { createReadStream, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';

const home = dirname(fileURLToPath(import.meta.resolve('pdfjs-dist/package.json')));
const folders = ['cmaps', 'standard_fonts', 'wasm', 'iccs'];
// The console renders scripts of no document: the interpreter that pdf.js brings for them stays out.
const wanted = (name: string) => !name.startsWith('quickjs');

/**
 * Puts what pdf.js fetches while it draws (character maps for Chinese fonts that a PDF does not embed, image
 * decoders, stand-ins for the 14 standard fonts) beside the console, so that no page asks another host.
 */
const pdfResources = (): Plugin => ({
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

/**
 * On AWS the console is files in a bucket, and nobody sets headers for them. S3 is where an upload's ticket leads; on one
 * machine the server's own header (packages/local) leaves that out, and a browser obeys both.
 */
const contentPolicy = (): Plugin => ({
  name: 'content-policy',
  apply: 'build',
  transformIndexHtml: () => [
    {
      tag: 'meta',
      injectTo: 'head-prepend',
      attrs: {
        'http-equiv': 'Content-Security-Policy',
        content: [
          "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self' 'unsafe-inline'",
          "img-src 'self' data: blob:; font-src 'self' data:; worker-src 'self' blob:; base-uri 'none'",
          "form-action 'self'; connect-src 'self' https://*.amazonaws.com https://*.amazonaws.com.cn",
        ].join('; '),
      },
    },
  ],
});

export default defineConfig({
  base: '/console/',
  plugins: [react(), pdfResources(), contentPolicy()],
  build: {
    target: 'es2022',
    // The libraries change rarely and the screens often: the browser keeps the former.
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            {
              name: 'react',
              test: /node_modules[\\/].*(react|react-dom|react-router|scheduler|@tanstack)[\\/]/,
              priority: 2,
            },
          ],
        },
      },
    },
    chunkSizeWarningLimit: 1500,
  },
  server: { proxy: { '/api': process.env.GONGKAI_API ?? 'http://127.0.0.1:8080' } },
});
