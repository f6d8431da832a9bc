import { err, ok, type Refusal, type Result, refusal } from '@gongkai/core';
import type { Configuration, ServerMetadata } from 'openid-client';
import type { Log } from '../route/index.ts';
import type { OidcOptions } from './oidc-settings.ts';

/** Few sign in by it within the first second after a start: loaded when the first one does. */
const library = () => import('openid-client');

/** What a clock of the provider may differ from ours. */
const toleranceSeconds = 30;
const metadataMs = 3_600_000;

export type Sent = { readonly state: string; readonly nonce: string; readonly verifier: string };
export type Proof = {
  readonly subject: string;
  /** When the provider last asked the person; undefined when it does not tell. */
  readonly authenticatedAt: string | undefined;
  readonly claims: Readonly<Record<string, unknown>>;
};

const property = (cause: unknown, name: string): string => {
  const value = (cause as Record<string, unknown> | null)?.[name];
  return typeof value === 'string' ? value : '';
};

class SecretUnreadable extends Error {
  override name = 'SecretUnreadable';
}

/** Whose fault it is. Nothing that the provider wrote freely goes to the screen or into the log. */
const refusalOf = async (cause: unknown, log: Log): Promise<Refusal> => {
  const client = await library();
  const code = property(cause, 'code');
  const said = property(cause, 'error')
    .replace(/[^\w.-]/g, '')
    .slice(0, 60);
  const message = cause instanceof Error ? cause.message.slice(0, 200) : '';
  if (cause instanceof SecretUnreadable) {
    log('error', 'oidc.secret-unreadable', { error: String(cause.cause) });
    return refusal('oidc-unreachable');
  }
  log('warn', 'oidc.refused', { code, said, message });
  if (cause instanceof client.AuthorizationResponseError) return refusal('oidc-refused', { detail: said });
  const away = /^OAUTH_(?:TIMEOUT|ABORT|RESPONSE_IS_NOT_CONFORM|RESPONSE_IS_NOT_JSON|PARSE_ERROR)$/;
  // `fetch` throws a TypeError when nobody answers.
  if (
    away.test(code) ||
    (cause instanceof TypeError && cause.cause !== undefined && !code.startsWith('OAUTH'))
  )
    return refusal('oidc-unreachable');
  return refusal('oidc-answer-invalid');
};

/**
 * The office's provider as `openid-client` speaks to it: authorization code with PKCE. The library checks `iss` (of the
 * answer and of the token), `aud`, `azp`, `exp`, `iat`, `nonce`, `state`, and here the token's signature too.
 */
export class Provider {
  readonly options: OidcOptions;
  readonly #redirectUri: string;
  #known: { readonly metadata: ServerMetadata; readonly at: number } | undefined;
  /** While it is being asked: however many sign in at once, a slow provider is asked once. */
  #asking: Promise<ServerMetadata> | undefined;

  constructor(options: OidcOptions, redirectUri: string) {
    this.options = options;
    this.#redirectUri = redirectUri;
  }

  get #plain(): boolean {
    return this.options.issuer.startsWith('http:');
  }

  #metadata(now: number): Promise<ServerMetadata> {
    if (this.#known && Math.abs(now - this.#known.at) < metadataMs)
      return Promise.resolve(this.#known.metadata);
    this.#asking ??= this.#discover(now).finally(() => {
      this.#asking = undefined;
    });
    return this.#asking;
  }

  async #discover(now: number): Promise<ServerMetadata> {
    const client = await library();
    const { issuer, clientId } = this.options;
    const found = await client.discovery(new URL(issuer), clientId, undefined, client.None(), {
      timeout: 10,
      ...(this.#plain ? { execute: [client.allowInsecureRequests] } : {}),
    });
    this.#known = { metadata: found.serverMetadata(), at: now };
    return this.#known.metadata;
  }

  async #secret(): Promise<string | undefined> {
    try {
      return await this.options.secret?.();
    } catch (cause) {
      throw new SecretUnreadable('the secret of this client at the provider cannot be read', { cause });
    }
  }

  /** A new one each time: it holds no keys yet, so a key that the provider has just brought in is found at once. */
  async #configuration(now: string): Promise<Configuration> {
    const client = await library();
    const at = Date.parse(now);
    const metadata = await this.#metadata(at);
    const secret = await this.#secret();
    const ways = metadata.token_endpoint_auth_methods_supported ?? ['client_secret_basic'];
    const authentication =
      secret === undefined
        ? client.None()
        : ways.includes('client_secret_basic')
          ? client.ClientSecretBasic(secret)
          : client.ClientSecretPost(secret);
    const configuration = new client.Configuration(
      { ...metadata },
      this.options.clientId,
      // The office's clock decides, as everywhere.
      {
        [client.clockSkew]: Math.round((at - Date.now()) / 1000),
        [client.clockTolerance]: toleranceSeconds,
      },
      authentication,
    );
    configuration.timeout = 10;
    client.enableNonRepudiationChecks(configuration);
    if (this.#plain) client.allowInsecureRequests(configuration);
    return configuration;
  }

  /**
   * Where the browser goes. `maxAge`: how long ago, in seconds, the provider may have asked the person; with it, it must
   * tell when that was (`auth_time`, OIDC Core §3.1.2.1). 0: it asks now, whatever session it has.
   */
  async begin(sent: Sent, maxAge: number, now: string, log: Log): Promise<Result<string, Refusal>> {
    try {
      const client = await library();
      const { scope, acr } = this.options;
      const url = client.buildAuthorizationUrl(await this.#configuration(now), {
        redirect_uri: this.#redirectUri,
        scope: `openid ${scope}`.trim(),
        state: sent.state,
        nonce: sent.nonce,
        code_challenge: await client.calculatePKCECodeChallenge(sent.verifier),
        code_challenge_method: 'S256',
        ...(acr.length > 0 ? { acr_values: acr.join(' ') } : {}),
        max_age: String(maxAge),
        ...(maxAge === 0 ? { prompt: 'login' } : {}),
      });
      return ok(url.href);
    } catch (cause) {
      return err(await refusalOf(cause, log));
    }
  }

  /** Changes the code of the answer for an ID token and checks everything. */
  async redeem(query: URLSearchParams, sent: Sent, now: string, log: Log): Promise<Result<Proof, Refusal>> {
    try {
      const client = await library();
      const url = new URL(this.#redirectUri);
      url.search = query.toString();
      const tokens = await client.authorizationCodeGrant(await this.#configuration(now), url, {
        expectedState: sent.state,
        expectedNonce: sent.nonce,
        pkceCodeVerifier: sent.verifier,
        idTokenExpected: true,
      });
      const claims = tokens.claims();
      if (!claims) return err(refusal('oidc-answer-invalid'));
      const told = claims.auth_time;
      return ok({
        subject: claims.sub,
        authenticatedAt:
          typeof told === 'number' && told > 0 && told < 1e11
            ? new Date(told * 1000).toISOString()
            : undefined,
        claims,
      });
    } catch (cause) {
      this.#known = undefined; // its metadata may have changed: read anew the next time
      return err(await refusalOf(cause, log));
    }
  }

  /** Where the provider ends its own session; undefined when it has no such page or is down: ours ends all the same. */
  async endSession(to: string, now: string, log: Log): Promise<string | undefined> {
    try {
      const client = await library();
      const configuration = await this.#configuration(now);
      if (configuration.serverMetadata().end_session_endpoint === undefined) return undefined;
      return client.buildEndSessionUrl(configuration, { post_logout_redirect_uri: to }).href;
    } catch (cause) {
      await refusalOf(cause, log);
      return undefined;
    }
  }
}

/** The tolerance that `auth_time` gets too. */
export const notBefore = (authenticatedAt: string, asked: string): boolean =>
  Date.parse(authenticatedAt) >= Date.parse(asked) - toleranceSeconds * 1000;
