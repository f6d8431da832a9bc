/// <reference path="./.sst/platform/config.d.ts" />

/** `npx sst deploy --stage <name>`; everything is in infra/. SST allows no imports up here. */
export default $config({
  app: (input) => ({
    name: 'gongkai',
    home: 'aws',
    // Also when a stage is removed: what is public, and who decided it, stays until a person deletes it by hand.
    removal: 'retain-all',
    protect: input.stage === 'production',
  }),
  run: async () => {
    const { site } = await import('./infra/index.ts');
    return { site: site.url };
  },
});
