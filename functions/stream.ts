import { streamToQueue } from '@gongkai/aws/lambda';
import { wake } from './office.ts';
import { said } from './settings.ts';

/** DynamoDB stream: new messages of the outbox. */
export const handler = streamToQueue(wake, said);
