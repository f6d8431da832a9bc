import { uploads } from '@gongkai/aws/lambda';
import { clock, records, said } from '@gongkai/cloud';

/** SQS, from EventBridge: bytes have arrived in quarantine. */
export const handler = uploads({ records, clock }, said);
