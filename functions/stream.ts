import { streamToQueue } from '@gongkai/aws/lambda';
import { said, wake } from '@gongkai/cloud';

/** DynamoDB stream: new messages of the outbox. */
export const handler = streamToQueue(wake, said);
