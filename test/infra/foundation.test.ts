import { readFileSync } from 'node:fs';
import { tableDefinition } from '@gongkai/aws';
import {
  foundationApp,
  outputs,
  parameters,
  templateFile,
  templateText,
  visibilitySeconds,
} from '@gongkai/foundation';
import { Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import { describe, expect, it } from 'vitest';
import { ofType, statements, template } from './template.ts';

/** Synthesis takes seconds on a busy machine. */
const patience = 120_000;

describe('the foundation', () => {
  it(
    'is the committed template (else: node infra/foundation/synth.ts, and look at the difference)',
    () => {
      const { app, stack } = foundationApp();
      expect(templateText(app, stack)).toBe(readFileSync(templateFile, 'utf8'));
    },
    patience,
  );

  it(
    'passes cdk-nag but for what is acknowledged with a reason',
    () => {
      const { app } = foundationApp();
      Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
      expect(() => app.synth()).not.toThrow();
    },
    patience,
  );

  it(
    'would not pass cdk-nag with a bucket open to all: the gate is shut',
    async () => {
      const { Bucket } = await import('aws-cdk-lib/aws-s3');
      const { app, stack } = foundationApp();
      new Bucket(stack, 'Open');
      Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
      expect(() => app.synth()).toThrow(/AwsSolutions-S10/);
    },
    patience,
  );

  it('fits into one request to CloudFormation, as text, without assets', () => {
    expect(readFileSync(templateFile).byteLength).toBeLessThan(51_200);
    expect(Object.keys(template.Parameters).sort()).toEqual([...parameters]);
    expect(JSON.stringify(template)).not.toMatch(/AssetParameters|cdk-hnb659fds|BootstrapVersion|"Code":/);
    expect(Object.values(template.Resources).filter(({ Type }) => /Lambda|Custom::/.test(Type))).toEqual([]);
  });

  it('names no partition, region or account, so that it also stands in aws-cn', () => {
    // The name of a managed policy's owner, `iam::aws:policy`, is the same in every partition.
    expect(JSON.stringify(template.Resources)).not.toMatch(
      /arn:aws|[a-z]{2}-[a-z]+-\d\b|\b\d{12}\b|amazonaws\.com\.cn/,
    );
  });

  it('tells the SST side everything that it reads', () => {
    expect(Object.keys(template.Outputs).sort()).toEqual([...outputs]);
  });
});

describe('what must never be lost', () => {
  it('stays when the stack goes', () => {
    const going = Object.entries(template.Resources)
      .filter(([, { Type }]) => /^AWS::(S3|DynamoDB|KMS|SQS|Backup)::/.test(Type))
      .filter(
        ([, { DeletionPolicy, UpdateReplacePolicy }]) =>
          DeletionPolicy !== 'Retain' || UpdateReplacePolicy !== 'Retain',
      )
      .map(([id]) => id);
    expect(going).toEqual([]);
    expect(ofType('AWS::S3::Bucket')).toHaveLength(5);
  });

  it('is versioned, closed to the public and encrypted, every bucket', () => {
    for (const [id, { Properties }] of ofType('AWS::S3::Bucket')) {
      expect(Properties, id).toMatchObject({
        VersioningConfiguration: { Status: 'Enabled' },
        PublicAccessBlockConfiguration: {
          BlockPublicAcls: true,
          BlockPublicPolicy: true,
          IgnorePublicAcls: true,
          RestrictPublicBuckets: true,
        },
        OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] },
      });
    }
  });

  it('is encrypted by keys of our own, the audit by one of its own', () => {
    const keyOf = (id: RegExp): string => {
      const [, bucket] = ofType('AWS::S3::Bucket').find(([name]) => id.test(name)) ?? [];
      return JSON.stringify(bucket?.Properties.BucketEncryption);
    };
    for (const data of [/^Vault/, /^Quarantine/, /^Renditions/])
      expect(keyOf(data)).toMatch(/"aws:kms".*DataKey|DataKey.*"aws:kms"/);
    expect(keyOf(/^Audit/)).toMatch(/AuditKey/);
    expect(keyOf(/^Audit/)).not.toMatch(/DataKey/);
    for (const [id, { Properties }] of ofType('AWS::SQS::Queue'))
      expect(JSON.stringify(Properties.KmsMasterKeyId), id).toMatch(/DataKey/);
    for (const [id, { Properties }] of ofType('AWS::KMS::Key'))
      if (!id.startsWith('SigningKey')) expect(Properties.EnableKeyRotation, id).toBe(true);
  });

  it('is locked: vault object by object, audit in compliance mode by default', () => {
    const bucket = (id: RegExp) => ofType('AWS::S3::Bucket').find(([name]) => id.test(name))?.[1].Properties;
    expect(bucket(/^Vault/)).toMatchObject({ ObjectLockEnabled: true });
    // A default retention would keep a state secret that must be destroyed (保密法 §31).
    expect(JSON.stringify(bucket(/^Vault/))).not.toContain('DefaultRetention');
    expect(bucket(/^Audit/)).toMatchObject({
      ObjectLockConfiguration: {
        ObjectLockEnabled: 'Enabled',
        Rule: { DefaultRetention: { Mode: 'COMPLIANCE', Days: { Ref: 'AuditRetentionDays' } } },
      },
    });
  });

  it('answers over TLS only: buckets, queues and the topic', () => {
    const guarded = statements()
      .filter(({ statement }) => statement.Effect === 'Deny')
      .filter(
        ({ statement }) => JSON.stringify(statement.Condition) === '{"Bool":{"aws:SecureTransport":"false"}}',
      );
    const of = (type: string) => guarded.filter((each) => each.type === type).length;
    expect(of('AWS::S3::BucketPolicy')).toBe(ofType('AWS::S3::Bucket').length);
    expect(of('AWS::SQS::QueuePolicy')).toBe(ofType('AWS::SQS::Queue').length);
    expect(of('AWS::SNS::TopicPolicy')).toBe(1);
  });

  it('has room for a second account, which may read the audit and nothing else', () => {
    const auditors = statements().filter(({ statement }) =>
      JSON.stringify(statement).includes('AuditorNamed'),
    );
    expect(
      auditors.map(({ where, statement }) => [
        where.replace(/[0-9A-F]{8}$/, ''),
        statement.Effect,
        statement.Action,
      ]),
    ).toEqual([
      ['AuditKey', 'Allow', 'kms:Decrypt'],
      ['AuditPolicy', 'Allow', ['s3:ListBucket', 's3:ListBucketVersions']],
      ['AuditPolicy', 'Allow', ['s3:GetObject', 's3:GetObjectVersion', 's3:GetObjectRetention']],
    ]);
    // Without an auditor the statement names this account, which may give itself these rights anyway.
    expect(JSON.stringify(auditors[0]?.statement.Principal)).toContain(
      '{"Fn::If":["AuditorNamed",{"Ref":"AuditorAccount"},{"Ref":"AWS::AccountId"}]}',
    );
    const { AllowedPattern } = template.Parameters.AuditorAccount as { AllowedPattern?: string };
    const allowed = new RegExp(`^(?:${AllowedPattern})$`);
    expect(
      ['', '123456789012', '*', '12345', 'arn:aws:iam::1:root'].map((text) => allowed.test(text)),
    ).toEqual([...[true, true, false, false, false]]);
  });

  it('gives nobody every action, but for the account over its own keys', () => {
    const wide = statements().filter(
      ({ statement }) =>
        statement.Effect === 'Allow' &&
        [statement.Action].flat().some((action) => /^(\*|[\w-]+:\*)$/.test(action)),
    );
    for (const { type, statement } of wide) {
      expect(type).toBe('AWS::KMS::Key');
      expect(JSON.stringify(statement.Principal)).toMatch(/:root"/);
    }
    expect(wide).toHaveLength(3);
  });

  it('lets no one in whom it does not name', () => {
    const open = statements().filter(
      ({ statement }) =>
        statement.Effect === 'Allow' && /^"\*"$|^\{"AWS":"\*"\}$/.test(JSON.stringify(statement.Principal)),
    );
    expect(open).toEqual([]);
  });

  it('has the table that packages/aws works on', () => {
    const [[, table] = ['', undefined], ...more] = ofType('AWS::DynamoDB::Table');
    expect(more).toEqual([]);
    const { StreamSpecification, TableName: _, ...wanted } = tableDefinition('any');
    const byName = (a: { AttributeName: string }, b: { AttributeName: string }) =>
      a.AttributeName < b.AttributeName ? -1 : 1;
    expect(table?.Properties).toMatchObject({
      BillingMode: wanted.BillingMode,
      KeySchema: wanted.KeySchema,
      GlobalSecondaryIndexes: wanted.GlobalSecondaryIndexes,
      StreamSpecification: { StreamViewType: StreamSpecification.StreamViewType },
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
      DeletionProtectionEnabled: true,
      SSESpecification: { SSEEnabled: true, SSEType: 'KMS' },
    });
    const attributes = (table?.Properties.AttributeDefinitions ?? []) as { AttributeName: string }[];
    expect([...attributes].sort(byName)).toEqual([...wanted.AttributeDefinitions].sort(byName));
    expect(table?.Properties.TimeToLiveSpecification).toBeUndefined();
  });
});

describe('what may fail is seen', () => {
  it('every working queue has a dead-letter queue, five tries, and hides a message six times as long as it may take', () => {
    const working = ofType('AWS::SQS::Queue').filter(([, { Properties }]) => Properties.RedrivePolicy);
    expect(
      working.map(([id, { Properties }]) => [
        id.replace(/[0-9A-F]{8}$/, ''),
        Properties.VisibilityTimeout,
        (Properties.RedrivePolicy as { maxReceiveCount: number }).maxReceiveCount,
      ]),
    ).toEqual([
      ['StationsQueue', visibilitySeconds('stations'), 5],
      ['UploadsQueue', visibilitySeconds('uploads'), 5],
    ]);
    for (const [, { Properties }] of ofType('AWS::SQS::Queue'))
      expect(Properties.MessageRetentionPeriod).toBe(1_209_600);
  });

  it('every alarm tells the topic, and docs/deploy.md says what to do', () => {
    const guide = readFileSync(new URL('../../docs/deploy.md', import.meta.url), 'utf8');
    const alarms = ofType('AWS::CloudWatch::Alarm');
    expect(alarms.length).toBeGreaterThanOrEqual(10);
    for (const [id, { Properties }] of alarms) {
      expect(Properties.AlarmActions, id).toHaveLength(1);
      const name = String(Properties.AlarmDescription).split(':')[0] ?? '';
      expect(guide, name).toContain(`\`${name}\``);
    }
  });

  it('backs up table and vault into a locked vault, and says what it costs', () => {
    const [[, selection] = ['', undefined]] = ofType('AWS::Backup::BackupSelection');
    expect(JSON.stringify(selection?.Properties)).toMatch(/Records.*Vault/);
    const [[, vault] = ['', undefined]] = ofType('AWS::Backup::BackupVault');
    expect(vault?.Properties.LockConfiguration).toEqual({ MinRetentionDays: 7 });
    const [[, budget] = ['', undefined]] = ofType('AWS::Budgets::Budget');
    expect(budget).toMatchObject({ Condition: 'SomeoneToTell' });
  });
});
