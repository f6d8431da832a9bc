import { SQSClient } from '@aws-sdk/client-sqs';
import { wakeOver } from '@gongkai/aws/lambda';
import { readSettings } from './settings.ts';

/** Wakes the stations. Only `stream` and `clock` do; elsewhere SQS would only make a cold start longer. */
export const wake: ReturnType<typeof wakeOver> = (messages) => {
  const { GONGKAI_AWS_ENDPOINT: endpoint, GONGKAI_STATIONS_QUEUE: queue } = readSettings();
  opened ??= wakeOver(new SQSClient(endpoint === undefined ? {} : { endpoint }), queue);
  return opened(messages);
};
let opened: ReturnType<typeof wakeOver> | undefined;
