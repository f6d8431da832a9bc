import { clearRubbish } from '@gongkai/api/people';
import { upkeep } from '@gongkai/aws/lambda';
import { openOffice, said } from '@gongkai/cloud';

/** Every night. */
export const handler = upkeep(await openOffice(), { clearRubbish }, said);
