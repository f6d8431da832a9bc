import { rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { machines } from '@gongkai/aws/lambda';
import { blobs, readPolicy, readSettings, said } from '@gongkai/cloud';
import { openMachines, openScanning } from '@gongkai/local/machines';

/** Asked by the others; runs in the image of infra/machines/. Its cages stay warm between calls. */
const policy = await readPolicy(readSettings().GONGKAI_POLICY);
const work = join(tmpdir(), 'work');
rmSync(work, { recursive: true, force: true }); // Of a process that was killed at work: /tmp may outlive it.
const ports = { ...openMachines(blobs, work, policy), scanner: openScanning(blobs, work) };
export const handler = machines(ports, blobs, said);
