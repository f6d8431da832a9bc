import { Aws, type CfnCondition, type CfnParameter, Duration, Fn, type Stack } from 'aws-cdk-lib';
import { CfnBudget } from 'aws-cdk-lib/aws-budgets';
import {
  Alarm,
  ComparisonOperator,
  Dashboard,
  GraphWidget,
  type IMetric,
  Metric,
  TextWidget,
  TreatMissingData,
} from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { CfnSubscription, Topic } from 'aws-cdk-lib/aws-sns';
import type { Queues } from './queues.ts';

/** What each alarm means and what to do stands in docs/deploy.md, under the same name. */
type Watched = {
  readonly name: string;
  readonly metric: IMetric;
  readonly above: number;
  readonly says: string;
};

const fiveMinutes = Duration.minutes(5);

/** Metrics that the functions write (EMF), in the namespace of this deployment. */
const own = (metricName: string, statistic: string): Metric =>
  new Metric({
    namespace: Fn.join('/', ['gongkai', Aws.STACK_NAME]),
    metricName,
    statistic,
    period: fiveMinutes,
  });

const watched = (table: Table, queues: Queues): readonly Watched[] => [
  ...(['stations', 'uploads', 'stream', 'timers'] as const).map((name) => ({
    name: `${name}-not-handed-over`,
    metric: queues.deadLetters[name].metricApproximateNumberOfMessagesVisible({
      period: fiveMinutes,
      statistic: 'Maximum',
    }),
    above: 0,
    says:
      name === 'timers'
        ? 'A run of the clock or of upkeep broke or did not begin. The next one catches up.'
        : 'Events that no function could take. Nothing is lost: the clock sends the work again.',
  })),
  {
    name: 'work-waits',
    metric: queues.stations.metricApproximateAgeOfOldestMessage({
      period: fiveMinutes,
      statistic: 'Maximum',
    }),
    above: 3600,
    says: 'A station has not been reached for an hour.',
  },
  {
    name: 'dead-letters',
    metric: own('DeadLetters', 'Maximum'),
    above: 0,
    says: 'Work that failed five times waits in the console for a person.',
  },
  {
    name: 'bytes-missing',
    metric: own('Faults', 'Maximum'),
    above: 0,
    says: 'The records speak of bytes that the buckets do not have.',
  },
  {
    name: 'function-failed',
    metric: own('Failed', 'Sum'),
    above: 5,
    says: 'Functions broke more than five times in five minutes.',
  },
  ...(['ReadThrottleEvents', 'WriteThrottleEvents'] as const).map((metric) => ({
    name: metric === 'ReadThrottleEvents' ? 'reads-throttled' : 'writes-throttled',
    metric: table.metric(metric, { period: fiveMinutes, statistic: 'Sum' }),
    above: 10,
    says: 'The table turns requests away.',
  })),
];

const makeAlarms = (stack: Stack, topic: Topic, table: Table, queues: Queues): readonly Watched[] => {
  const all = watched(table, queues);
  for (const { name, metric, above, says } of all)
    new Alarm(stack, `Alarm-${name}`, {
      alarmDescription: `${name}: ${says} docs/deploy.md`,
      metric,
      threshold: above,
      comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
      evaluationPeriods: 1,
      treatMissingData: TreatMissingData.NOT_BREACHING,
    }).addAlarmAction(new SnsAction(topic));
  // The other way round: silence is the fault. Nobody sweeps, so no display ends in the records and nothing is sent again.
  const swept = own('Swept', 'SampleCount');
  new Alarm(stack, 'Alarm-clock-stands-still', {
    alarmDescription: 'clock-stands-still: No sweep for fifteen minutes. docs/deploy.md',
    metric: swept,
    threshold: 1,
    comparisonOperator: ComparisonOperator.LESS_THAN_THRESHOLD,
    evaluationPeriods: 3,
    treatMissingData: TreatMissingData.BREACHING,
  }).addAlarmAction(new SnsAction(topic));
  return all;
};

const makeDashboard = (stack: Stack, queues: Queues, alarms: readonly Watched[]): void => {
  const dashboard = new Dashboard(stack, 'Dashboard', { defaultInterval: Duration.days(1) });
  const graph = (title: string, left: IMetric[]) => new GraphWidget({ title, left, width: 12 });
  dashboard.addWidgets(
    new TextWidget({
      markdown: '# 政务公开 gongkai\ndocs/deploy.md says what each alarm means.',
      width: 24,
      height: 2,
    }),
    graph('Work: waiting and oldest', [
      queues.stations.metricApproximateNumberOfMessagesVisible(),
      queues.stations.metricApproximateAgeOfOldestMessage(),
    ]),
    graph('Stations', [own('Done', 'Sum'), own('Retried', 'Sum'), own('Dead', 'Sum'), own('Failed', 'Sum')]),
    graph('The clock', [own('Swept', 'Sum'), own('Woken', 'Sum'), own('DeadLetters', 'Maximum')]),
    graph(
      'Not handed over',
      alarms.flatMap(({ name, metric }) => (name.endsWith('not-handed-over') ? [metric] : [])),
    ),
  );
};

export type Wishes = { readonly mail: CfnParameter; readonly budget: CfnParameter };
export type Conditions = {
  readonly someoneToTell: CfnCondition;
  readonly budgetWanted: CfnCondition;
  readonly inChina: CfnCondition;
};

const makeBudget = (stack: Stack, wishes: Wishes, conditions: Conditions): void => {
  const notify = (notificationType: 'ACTUAL' | 'FORECASTED', threshold: number) => ({
    notification: {
      comparisonOperator: 'GREATER_THAN',
      notificationType,
      threshold,
      thresholdType: 'PERCENTAGE',
    },
    subscribers: [{ subscriptionType: 'EMAIL', address: wishes.mail.valueAsString }],
  });
  new CfnBudget(stack, 'Budget', {
    budget: {
      budgetType: 'COST',
      timeUnit: 'MONTHLY',
      // The bill of aws-cn is in yuan.
      budgetLimit: {
        amount: wishes.budget.valueAsNumber,
        unit: Fn.conditionIf(conditions.inChina.logicalId, 'CNY', 'USD').toString(),
      },
    },
    notificationsWithSubscribers: [notify('ACTUAL', 80), notify('FORECASTED', 100)],
  }).cfnOptions.condition = conditions.budgetWanted;
};

/** Alarms, the topic that they tell, the dashboard and the budget. Returns the topic. */
export const makeWatch = (
  stack: Stack,
  key: IKey,
  seen: { readonly table: Table; readonly queues: Queues },
  wishes: Wishes,
  conditions: Conditions,
): Topic => {
  const topic = new Topic(stack, 'Alarms', { masterKey: key, enforceSSL: true });
  const mail = new CfnSubscription(stack, 'AlarmMailSubscription', {
    topicArn: topic.topicArn,
    protocol: 'email',
    endpoint: wishes.mail.valueAsString,
  });
  mail.cfnOptions.condition = conditions.someoneToTell;
  const alarms = makeAlarms(stack, topic, seen.table, seen.queues);
  makeDashboard(stack, seen.queues, alarms);
  makeBudget(stack, wishes, conditions);
  return topic;
};
