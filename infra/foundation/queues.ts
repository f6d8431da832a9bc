import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { Rule } from 'aws-cdk-lib/aws-events';
import { SqsQueue } from 'aws-cdk-lib/aws-events-targets';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { acknowledgeLastQueue } from './acknowledged.ts';
import { type timeoutSeconds, visibilitySeconds } from './outputs.ts';

export type Queues = {
  readonly stations: Queue;
  readonly uploads: Queue;
  /** What could not be handed over, by the queue that it was meant for. */
  readonly deadLetters: Readonly<Record<'stations' | 'uploads' | 'stream' | 'timers', Queue>>;
};

/** A message is tried five times, as the product's own dead letters are (core/stations/run.ts). */
const maxReceiveCount = 5;

export const makeQueues = (scope: Construct, encryptionMasterKey: IKey, quarantine: Bucket): Queues => {
  const always = {
    encryption: QueueEncryption.KMS,
    encryptionMasterKey,
    enforceSSL: true,
    removalPolicy: RemovalPolicy.RETAIN,
    retentionPeriod: Duration.days(14),
  };
  const dead = (name: string) => new Queue(scope, name, always);
  const deadLetters = {
    stations: dead('StationsDeadLetters'),
    uploads: dead('UploadsDeadLetters'),
    stream: dead('StreamFailures'),
    timers: dead('TimersDeadLetters'),
  };
  for (const queue of [deadLetters.stream, deadLetters.timers]) acknowledgeLastQueue(queue);
  const working = (name: string, of: keyof typeof timeoutSeconds) =>
    new Queue(scope, name, {
      ...always,
      visibilityTimeout: Duration.seconds(visibilitySeconds(of)),
      deadLetterQueue: { queue: deadLetters[of], maxReceiveCount },
    });
  const queues = {
    stations: working('StationsQueue', 'stations'),
    uploads: working('UploadsQueue', 'uploads'),
    deadLetters,
  };
  new Rule(scope, 'Uploaded', {
    description: 'gongkai: bytes have arrived in quarantine',
    eventPattern: {
      source: ['aws.s3'],
      detailType: ['Object Created'],
      // Not the adapter's marks and parts beside them (packages/aws/src/blobs/bucket.ts).
      detail: {
        bucket: { name: [quarantine.bucketName] },
        object: { key: [{ prefix: 'quarantine/blobs/' }] },
      },
    },
    targets: [new SqsQueue(queues.uploads)],
  });
  return queues;
};
