import { createPublicKey, verify, X509Certificate } from 'node:crypto';
import {
  DescribeContinuousBackupsCommand,
  DescribeTableCommand,
  DynamoDBClient,
} from '@aws-sdk/client-dynamodb';
import {
  GetBucketVersioningCommand,
  GetObjectLockConfigurationCommand,
  GetPublicAccessBlockCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { GetEmailIdentityCommand, SESv2Client } from '@aws-sdk/client-sesv2';
import { isFounded, noWords, type Office } from '@gongkai/core';
import { type Check, type Command, calendar, provider, sayChecks } from '@gongkai/local/cli';
import { readParameter } from '../oidc.ts';
import { readSettings, type Settings } from '../settings.ts';
import { openDocumentKey } from '../signing.ts';
import { stageOptions, withOffice } from './deployed.ts';

const words = (cause: unknown): string =>
  cause instanceof Error ? `${cause.name}: ${cause.message}` : String(cause);

/** What cannot be looked at is told as such: an operator without the right to look is no fault of the deployment. */
const looked = async (name: string, look: () => Promise<Check>): Promise<Check> => {
  try {
    return await look();
  } catch (cause) {
    return {
      name,
      state: 'missing',
      zh: `看不到或不能用：${words(cause)}`,
      en: `cannot be seen or used: ${words(cause)}`,
    };
  }
};

type Fault = { readonly is: boolean; readonly zh: string; readonly en: string };

/** Says what is not as the foundation makes it (infra/foundation). */
const asMade = (name: string, what: string, wanted: readonly Fault[]): Check => {
  const faults = wanted.filter(({ is }) => !is);
  return faults.length === 0
    ? { name, state: 'ok', zh: what, en: what }
    : {
        name,
        state: 'limited',
        zh: `${what}：没有${faults.map(({ zh }) => zh).join('、')}`,
        en: `${what}: no ${faults.map(({ en }) => en).join(', ')}`,
      };
};

/** The answer, or undefined when it says that there is none or that it knows no such question (emulators). */
const told = <Answer>(asked: Promise<Answer>): Promise<Answer | undefined> =>
  asked.catch((cause: unknown) => {
    const { name = '' } = cause as { name?: string };
    if (/NotFound|NoSuch|NotImplemented|UnknownOperation|MethodNotAllowed/.test(name)) return undefined;
    throw cause;
  });

const table = (client: DynamoDBClient, name: string): Promise<Check> =>
  looked('table', async () => {
    const { Table } = await client.send(new DescribeTableCommand({ TableName: name }));
    const backups = await told(client.send(new DescribeContinuousBackupsCommand({ TableName: name })));
    const recovery =
      backups?.ContinuousBackupsDescription?.PointInTimeRecoveryDescription?.PointInTimeRecoveryStatus;
    return asMade('table', name, [
      { is: Table?.TableStatus === 'ACTIVE', zh: '就绪', en: 'readiness' },
      {
        is: Table?.StreamSpecification?.StreamViewType === 'NEW_AND_OLD_IMAGES',
        zh: '变更流',
        en: 'stream of old and new images',
      },
      { is: Table?.DeletionProtectionEnabled === true, zh: '删除保护', en: 'deletion protection' },
      { is: recovery === 'ENABLED', zh: '时点恢复', en: 'point-in-time recovery' },
    ]);
  });

const bucket = (client: S3Client, Bucket: string, locked: boolean): Promise<Check> =>
  looked('bucket', async () => {
    const versioning = await client.send(new GetBucketVersioningCommand({ Bucket }));
    const lock = await told(client.send(new GetObjectLockConfigurationCommand({ Bucket })));
    const access = (await told(client.send(new GetPublicAccessBlockCommand({ Bucket }))))
      ?.PublicAccessBlockConfiguration;
    return asMade('bucket', Bucket, [
      { is: versioning.Status === 'Enabled', zh: '版本', en: 'versions' },
      {
        is: !locked || lock?.ObjectLockConfiguration?.ObjectLockEnabled === 'Enabled',
        zh: '对象锁',
        en: 'Object Lock',
      },
      {
        is: Boolean(access?.BlockPublicAcls && access.BlockPublicPolicy && access.RestrictPublicBuckets),
        zh: '公共访问封锁',
        en: 'public access block',
      },
    ]);
  });

/** A key that signs what does not verify would bend every checkpoint. */
const signing = ({ signer }: Office): Promise<Check> =>
  looked('key', async () => {
    const message = new TextEncoder().encode('gongkai aws doctor');
    const x = Buffer.from(signer.publicKey, 'hex').toString('base64url');
    const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' });
    return verify(null, message, key, await signer.sign(message))
      ? { name: 'key', state: 'ok', zh: `审计公钥 ${signer.publicKey}`, en: `audit key ${signer.publicKey}` }
      : { name: 'key', state: 'missing', zh: '签名核验不通过', en: 'its signature does not verify' };
  });

/** 电子签名: is the certificate the key's, and does it still hold? A timestamp server is only asked when something is signed. */
const documents = (settings: Settings): Promise<Check> =>
  looked('signing', async () => {
    const { GONGKAI_AWS_ENDPOINT: endpoint } = settings;
    const read = readParameter(endpoint === undefined ? {} : { endpoint });
    const key = await openDocumentKey(settings, (await import('../office.ts')).kms, read);
    if (key === undefined)
      return {
        name: 'signing',
        state: 'limited',
        zh: '没有电子签名密钥：发布的文件不带签名（docs/deploy.md）',
        en: 'no signing key is set: releases go out unsigned (docs/deploy.md)',
      };
    const { subject, validToDate } = new X509Certificate(key.certificate);
    const days = Math.floor((validToDate.getTime() - Date.now()) / 86_400_000);
    const who = `${subject.replace(/\n/g, ', ')}, ${validToDate.toISOString().slice(0, 10)}`;
    return days < 0
      ? { name: 'signing', state: 'missing', zh: `证书已过期：${who}`, en: `the certificate is over: ${who}` }
      : {
          name: 'signing',
          state: days < 14 ? 'limited' : 'ok',
          zh: `证书 ${who} 到期`,
          en: `certificate until then: ${who}`,
        };
  });

/** Asked for what it must find: that it answers is not enough. */
const machines = ({ inspector }: Office): Promise<Check> =>
  looked('machines', async () => {
    const started = performance.now();
    const found = await inspector.inspectText('机密★5年', 'body', noWords);
    const ms = Math.round(performance.now() - started);
    return found.length > 0
      ? { name: 'machines', state: 'ok', zh: '检查程序可用', en: 'the machines answer', ms }
      : { name: 'machines', state: 'missing', zh: '密级标志没有查出', en: 'a secret mark was not found' };
  });

const index = ({ search }: Office): Promise<Check> =>
  looked('search', async () => {
    const { total } = await search.query('公开', { limit: 1 });
    return { name: 'search', state: 'ok', zh: `检索可用（${total}）`, en: `search answers (${total})` };
  });

/** The way of every reader: CloudFront, its firewall, the function, the table. */
const site = ({ publicUrl }: Office): Promise<Check> =>
  looked('site', async () => {
    const answer = await fetch(`${publicUrl}/api/office`, { signal: AbortSignal.timeout(15_000) });
    return answer.ok
      ? { name: 'site', state: 'ok', zh: publicUrl, en: publicUrl }
      : {
          name: 'site',
          state: 'missing',
          zh: `${publicUrl} 回答 ${answer.status}`,
          en: `${publicUrl} answers ${answer.status}`,
        };
  });

const mail = (client: SESv2Client, { GONGKAI_MAIL_FROM: from }: Settings): Promise<Check> =>
  looked('mail', async () => {
    if (from === undefined)
      return {
        name: 'mail',
        state: 'limited',
        zh: '没有发件地址：通知只在工作台里（如设有 SMTP 或 webhook，这里看不到）',
        en: 'no sender: notices stay in the console (SMTP and webhooks are not seen from here)',
      };
    const { VerifiedForSendingStatus: verified } = await client.send(
      new GetEmailIdentityCommand({ EmailIdentity: from }),
    );
    return verified
      ? { name: 'mail', state: 'ok', zh: from, en: from }
      : { name: 'mail', state: 'missing', zh: `${from} 未经 SES 验证`, en: `${from} is not verified by SES` };
  });

const people = async (office: Office): Promise<Check> =>
  (await isFounded(office))
    ? { name: 'office', state: 'ok', zh: office.policy.office.name, en: office.policy.office.name }
    : {
        name: 'office',
        state: 'missing',
        zh: '还没有管理员：gongkai aws init',
        en: 'no administrator yet: gongkai aws init',
      };

const scanning = ({ GONGKAI_SCANNER: scanner }: Settings): Check =>
  scanner === undefined
    ? {
        name: 'scanner',
        state: 'limited',
        zh: '没有病毒扫描；政策设为 required 时上传将等待',
        en: 'no virus scanner: uploads wait where the policy says required',
      }
    : { name: 'scanner', state: 'ok', zh: scanner, en: scanner };

export const doctor: Command = {
  name: 'doctor',
  usage: 'doctor --stage NAME [--region REGION]',
  zh: '逐项查看部署：表、存储桶、密钥、电子签名、机器、检索、网站、邮件、统一身份认证',
  en: 'looks at a deployment: table, buckets, key, signing, machines, search, site, mail, provider',
  options: stageOptions,
  run: (given) =>
    withOffice(given, async (office) => {
      const settings = readSettings();
      const { GONGKAI_AWS_ENDPOINT: endpoint, GONGKAI_OIDC_ISSUER: issuer } = settings;
      const at = endpoint === undefined ? {} : { endpoint };
      const db = new DynamoDBClient(at);
      const s3 = new S3Client({ ...at, forcePathStyle: endpoint !== undefined });
      const checks = await Promise.all([
        people(office),
        table(db, settings.GONGKAI_TABLE),
        bucket(s3, settings.GONGKAI_VAULT, true),
        bucket(s3, settings.GONGKAI_AUDIT, true),
        bucket(s3, settings.GONGKAI_QUARANTINE, false),
        bucket(s3, settings.GONGKAI_RENDITIONS, false),
        signing(office),
        documents(settings),
        machines(office),
        scanning(settings),
        index(office),
        site(office),
        mail(new SESv2Client(at), settings),
        ...(issuer === undefined ? [] : [provider(issuer, `${office.publicUrl}/console/oidc`)]),
        calendar(),
      ]);
      sayChecks(given, checks);
      return checks.some(({ state }) => state === 'missing') ? 3 : 0;
    }),
};
