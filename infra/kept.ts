import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Output } from './foundation/outputs.ts';
import { foundationSettings } from './settings.ts';

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

/** An output of the foundation. */
export const told = (name: Output) => foundation.outputs.apply((all) => all[name]);
