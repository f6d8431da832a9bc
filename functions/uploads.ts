import { uploads } from '@gongkai/aws/lambda';
import { records } from './office.ts';
import { said } from './settings.ts';

/** SQS, from EventBridge: bytes have arrived in quarantine. */
export const handler = uploads({ records }, said);
