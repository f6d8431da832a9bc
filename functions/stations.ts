import { stations } from '@gongkai/aws/lambda';
import { openOffice, said } from '@gongkai/cloud';

/** SQS: one message is one step of one document. The visibility is the function's time and a minute. */
export const handler = stations(await openOffice(), said, { visibilitySeconds: 960, neededMs: 600_000 });
