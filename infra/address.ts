import { firewallRules } from './firewall.ts';
import { domain } from './settings.ts';

/**
 * One address: /console for staff, the rest is the API and the public catalogue. Every public byte goes through the
 * API, which asks `visible()`; no bucket stands behind CloudFront but the console's own.
 */
export const site = new sst.aws.Router('Site', {
  ...(domain === undefined ? {} : { domain }),
  // The function cannot be called around CloudFront and its firewall.
  protection: 'oac-with-edge-signing',
  waf: true,
  transform: { waf: { rules: firewallRules } },
});
