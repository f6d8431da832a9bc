import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Office } from '@gongkai/core';
import { type ExitCode, type Given, type Options, WrongUse } from '@gongkai/local/cli';
import * as z from 'zod';
import { readParameter } from '../oidc.ts';

const root = fileURLToPath(new URL('../../../../', import.meta.url));

/** Every command here takes these. */
export const stageOptions = {
  stage: { type: 'string' },
  region: { type: 'string' },
} as const satisfies Options;

/** Where a deployment tells what it made (infra/told.ts): the same settings as its functions have. */
const settingsName = (stage: string): string => `/gongkai/${stage}/settings`;

/** No deployment of that name, or no way to it: nothing to work on. */
class NotDeployed extends Error {}

/** What AWS' client says when the operator's shell lacks something; undefined: something else is wrong. */
const whyUnreachable = (cause: unknown, stage: string): string | undefined => {
  const { name, message } = cause instanceof Error ? cause : new Error(String(cause));
  if (name === 'ParameterNotFound')
    return `没有“${stage}”这个部署：先运行 npx sst deploy --stage ${stage}（或检查账户与地区）。\nThere is no deployment “${stage}”: run npx sst deploy --stage ${stage} first, or check account and region.`;
  if (message === 'Region is missing')
    return '没有地区：用 --region，或设置 AWS_REGION。\nNo region: give --region, or set AWS_REGION.';
  if (name === 'CredentialsProviderError')
    return '没有 AWS 凭证：与 AWS 命令行相同（AWS_PROFILE 等）。\nNo AWS credentials: the same as for the AWS tools (AWS_PROFILE and others).';
  if (/^AccessDenied|^UnrecognizedClient|^ExpiredToken/.test(name))
    return `凭证没有权限（${name}）：需要 ssm:GetParameter，以及对表、存储桶和密钥的权限。\nThe credentials are not allowed to (${name}): ssm:GetParameter, and rights to table, buckets and key are needed.`;
  return undefined;
};

/**
 * The deployment that `--stage` names, with the credentials and the region that the AWS tools use too. Its settings go
 * into this process' environment, where packages/cloud reads them when it is loaded: one deployment a process.
 */
const adopt = async (given: Given): Promise<void> => {
  const stage = given.value('stage');
  if (stage === undefined || !/^[\w-]+$/.test(stage)) throw new WrongUse('--stage NAME');
  const region = given.value('region');
  if (region !== undefined) process.env.AWS_REGION = region;
  // Only for emulators, as in the functions.
  const { GONGKAI_AWS_ENDPOINT: endpoint } = process.env;
  const told = await readParameter(endpoint === undefined ? {} : { endpoint })(settingsName(stage)).catch(
    (cause: unknown) => {
      const why = whyUnreachable(cause, stage);
      throw why === undefined ? cause : new NotDeployed(why);
    },
  );
  const settings = z.record(z.string(), z.string()).parse(JSON.parse(told ?? '{}'));
  Object.assign(process.env, settings);
  // In a function the policies lie beside the code; here in this checkout, which must be the one that was deployed.
  process.env.GONGKAI_POLICY = join(root, settings.GONGKAI_POLICY ?? '');
};

/** Opens the office of the deployment that `--stage` names. */
export const withOffice = async (
  given: Given,
  work: (office: Office) => Promise<ExitCode>,
): Promise<ExitCode> => {
  try {
    await adopt(given);
  } catch (cause) {
    if (!(cause instanceof NotDeployed)) throw cause;
    process.stderr.write(`${cause.message}\n`);
    return 2;
  }
  const { openOffice } = await import('../office.ts');
  return work(await openOffice());
};
