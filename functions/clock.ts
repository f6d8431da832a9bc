import { clock } from '@gongkai/aws/lambda';
import { followKeys, keepCheckpoint, openOffice, said, search, wake } from '@gongkai/cloud';

/** Every minute. */
export const handler = clock(
  await openOffice(),
  { wake, keep: keepCheckpoint, keys: followKeys, search },
  said,
);
