import { serveMachines } from '@gongkai/aws';
import { openMachines } from '@gongkai/local/machines';
import { blobs } from './office.ts';
import { readPolicy, readSettings } from './settings.ts';

/** Asked by the others; runs in the image of infra/machines/. Its cages stay warm between calls. */
const policy = readPolicy(readSettings().GONGKAI_POLICY);
export const handler = serveMachines(openMachines(blobs, '/tmp/work', policy), blobs);
