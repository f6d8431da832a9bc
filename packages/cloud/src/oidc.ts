import type { SSMClientConfig } from '@aws-sdk/client-ssm';
import type { OidcOptions } from '@gongkai/api';
import { oidcSettings } from '@gongkai/api/settings';
import * as z from 'zod';
import type { Settings } from './settings.ts';

/** A SecureString of SSM in the clear. Few offices have one, and a cold start waits for no client that nobody asked for. */
export const readParameter =
  (config: SSMClientConfig) =>
  async (name: string): Promise<string | undefined> => {
    const { GetParameterCommand, SSMClient } = await import('@aws-sdk/client-ssm');
    const client = new SSMClient(config);
    const { Parameter } = await client.send(new GetParameterCommand({ Name: name, WithDecryption: true }));
    return Parameter?.Value;
  };

/**
 * The office's own identity provider, from the settings of the function; undefined where none is set. The client's secret
 * is read at each use: it stands in no environment, and a rotated one counts at once.
 */
export const oidcOf = (
  settings: Settings,
  read: (parameter: string) => Promise<string | undefined>,
): OidcOptions | undefined => {
  const { GONGKAI_OIDC_ISSUER: issuer, GONGKAI_OIDC_SECRET_PARAMETER: parameter } = settings;
  if (issuer === undefined) return undefined;
  const words = (text: string | undefined): string[] =>
    (text ?? '').split(/\s+/).filter((word) => word !== '');
  const parsed = oidcSettings.safeParse({
    issuer,
    clientId: settings.GONGKAI_OIDC_CLIENT,
    name: settings.GONGKAI_OIDC_NAME,
    claim: settings.GONGKAI_OIDC_CLAIM,
    scope: settings.GONGKAI_OIDC_SCOPE,
    acr: words(settings.GONGKAI_OIDC_ACR),
    local: settings.GONGKAI_OIDC_LOCAL,
  });
  if (!parsed.success) throw new Error(`settings GONGKAI_OIDC_…: ${z.prettifyError(parsed.error)}`);
  if (parameter === undefined) return parsed.data;
  const secret = async (): Promise<string> => {
    const value = (await read(parameter))?.trim();
    // Without it the client would be taken for a public one.
    if (!value) throw new Error(`the parameter ${parameter} is empty`);
    return value;
  };
  return { ...parsed.data, secret };
};
