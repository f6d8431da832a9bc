import { clock } from '@gongkai/aws/lambda';
import { keepCheckpoint, openOffice, wake } from './office.ts';
import { said } from './settings.ts';

/** Every minute. */
export const handler = clock(await openOffice(), { wake, keep: keepCheckpoint }, said);
