import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { serveMachines } from '@gongkai/aws';
import { blobs, readPolicy, readSettings } from '@gongkai/cloud';
import { openMachines, openScanning } from '@gongkai/local/machines';

/** Asked by the others; runs in the image of infra/machines/. Its cages stay warm between calls. */
const policy = readPolicy(readSettings().GONGKAI_POLICY);
const work = join(tmpdir(), 'work');
const machines = { ...openMachines(blobs, work, policy), scanner: openScanning(blobs, work) };
export const handler = serveMachines(machines, blobs);
