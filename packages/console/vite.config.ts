import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { pdfResources } from './build/pdf-resources.ts';

export default defineConfig({
  base: '/console/',
  plugins: [react(), pdfResources()],
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
