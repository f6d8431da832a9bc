import { site } from './address.ts';
import { worker } from './workers.ts';

export const api = new sst.aws.Function(
  'Api',
  worker('api', {
    memory: '1769 MB',
    timeout: '30 seconds',
    streaming: true,
    url: { router: { instance: site }, cors: false },
  }),
);

export const office = new sst.aws.StaticSite('Console', {
  path: 'packages/console',
  build: { command: 'npx vite build', output: 'dist' },
  router: { instance: site, path: '/console' },
});
