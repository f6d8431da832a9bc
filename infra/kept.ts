import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Output } from './foundation/outputs.ts';
import { foundationSettings, restoredTable, signingKey } from './settings.ts';

const file = join($cli.paths.root, 'infra/foundation/template.json');

export const foundationName = `${$app.name}-${$app.stage}`;

/** What must never be lost, deployed as CDK has synthesised it (infra/foundation). */
const foundation = new aws.cloudformation.Stack(
  'Foundation',
  {
    name: foundationName,
    // Parsed and written again: the committed file is made to be read, this is half as long.
    templateBody: JSON.stringify(JSON.parse(readFileSync(file, 'utf8'))),
    capabilities: ['CAPABILITY_IAM'],
    parameters: foundationSettings,
    onFailure: 'ROLLBACK',
  },
  { protect: true, retainOnDelete: true },
);

/** Point-in-time recovery and backups make a new table; this one then stands for the foundation's everywhere. */
const restored =
  restoredTable === undefined ? undefined : aws.dynamodb.getTableOutput({ name: restoredTable });

/** An output of the foundation. */
export const told = (name: Output): $util.Output<string> => {
  if (restored !== undefined && name === 'TableName') return restored.name;
  if (restored !== undefined && name === 'TableArn') return restored.arn;
  if (restored !== undefined && name === 'TableStreamArn') return restored.streamArn;
  // A key that has followed the foundation's own.
  if (signingKey !== undefined && name === 'SigningKeyArn') return $util.output(signingKey);
  return foundation.outputs.apply((all) => all[name]);
};
