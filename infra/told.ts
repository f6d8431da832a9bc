import { documentWays, oidcWays } from './settings.ts';
import { environment, machines } from './workers.ts';

/**
 * What the deployment made, for `gongkai aws … --stage` (packages/cloud/src/cli): the settings that every function has,
 * and no secret. Whoever reads it still needs rights of their own to the table, the buckets and the key.
 */
new aws.ssm.Parameter('Settings', {
  name: `/gongkai/${$app.stage}/settings`,
  type: 'String',
  value: $jsonStringify({ ...environment, ...oidcWays, ...documentWays, GONGKAI_MACHINES: machines.arn }),
});
