import { uploads } from '@gongkai/aws/lambda';
import { records, said } from '@gongkai/cloud';

/** SQS, from EventBridge: bytes have arrived in quarantine. */
export const handler = uploads({ records }, said);
