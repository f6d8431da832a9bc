import { createSign, generateKeyPairSync } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import Provider, { type Configuration } from 'oidc-provider';

type Claims = Record<string, unknown>;

const newKey = (kid: string) => {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  return { privateKey, kid, jwk: { ...privateKey.export({ format: 'jwk' }), kid, use: 'sig', alg: 'RS256' } };
};
type Key = ReturnType<typeof newKey>;

const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/** An ID token of these claims, signed as the provider would. */
const signed = (claims: Claims, key: Key): string => {
  const body = `${part({ alg: 'RS256', typ: 'JWT', kid: key.kid })}.${part(claims)}`;
  return `${body}.${createSign('RSA-SHA256').update(body).sign(key.privateKey, 'base64url')}`;
};

export const clientSecret = 'geheim-von-niemandem-7391-geheim-von-niemandem';

/**
 * A real identity provider (`oidc-provider`, certified) on this machine. Its sign-in page takes a name and believes it.
 * What it says of a person can be set, its key changed, and its ID tokens bent, as a broken or hostile one would.
 */
export const startIdentityProvider = async (address: string) => {
  let key = newKey('first');
  let say: (subject: string) => Claims = () => ({});
  let bend: ((claims: Claims, key: Key, resign: typeof signed) => string) | undefined;
  let broken = false;
  let issuer = '';

  const build = (): Provider => {
    const redirect_uris = [`${address}/console/oidc`];
    const configuration: Configuration = {
      clients: [
        {
          client_id: 'gongkai',
          client_secret: clientSecret,
          redirect_uris,
          post_logout_redirect_uris: [`${address}/console/`],
        },
        { client_id: 'another', client_secret: clientSecret, redirect_uris },
      ],
      jwks: { keys: [key.jwk as never] },
      cookies: { keys: ['only-for-tests'] },
      features: { devInteractions: { enabled: false } },
      acrValues: ['urn:office:one', 'urn:office:two'],
      scopes: ['openid', 'staff'],
      claims: { staff: ['employee_number', 'email', 'email_verified', 'roles', 'name'] },
      // What the scope asks for stands in the ID token itself.
      conformIdTokenClaims: false,
      findAccount: (_, id) => ({ accountId: id, claims: async () => ({ ...say(id), sub: id }) }),
      interactions: { url: (_, { uid }) => `/interaction/${uid}` },
      // The office's own program needs nobody's consent.
      loadExistingGrant: async ({ oidc }) => {
        const grant = new oidc.provider.Grant({
          clientId: oidc.client?.clientId ?? '',
          accountId: oidc.session?.accountId ?? '',
        });
        grant.addOIDCScope('openid staff');
        await grant.save();
        return grant;
      },
      ttl: {
        AccessToken: 600,
        AuthorizationCode: 60,
        IdToken: 3600,
        Interaction: 600,
        Session: 3600,
        Grant: 3600,
      },
    };
    const made = new Provider(issuer, configuration);
    made.use(async (context, next) => {
      await next();
      const body = context.body as { id_token?: string } | undefined;
      if (!bend || context.path !== '/token' || typeof body?.id_token !== 'string') return;
      const claims = JSON.parse(Buffer.from(body.id_token.split('.')[1] ?? '', 'base64url').toString());
      body.id_token = bend(claims as Claims, key, signed);
    });
    return made;
  };

  let provider: Provider;
  const page = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    if (request.method !== 'POST') {
      await provider.interactionDetails(request, response);
      response.setHeader('content-type', 'text/html; charset=utf-8');
      response.end(
        '<!doctype html><title>统一身份</title><form method="post"><label>工号 <input name="login"></label><input type="hidden" name="acr" value=""><button>进入</button><button name="no" value="1">不同意</button></form>',
      );
      return;
    }
    const form = new URLSearchParams(await text(request));
    const acr = form.get('acr');
    const result =
      form.get('no') === null
        ? { login: { accountId: form.get('login') ?? '', ...(acr ? { acr } : {}) } }
        : { error: 'access_denied', error_description: 'no <b>thanks</b>' };
    await provider.interactionFinished(request, response, result, { mergeWithLastSubmission: false });
  };
  const server = createServer((request, response) => {
    if (broken) {
      response.statusCode = 500;
      response.end('<h1>down</h1>');
    } else if (request.url?.startsWith('/interaction/'))
      page(request, response).catch((cause: unknown) => {
        response.statusCode = 400;
        response.end(String(cause));
      });
    else provider.callback()(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const bound = server.address();
  issuer = `http://127.0.0.1:${typeof bound === 'object' && bound ? bound.port : 0}`;
  provider = build();

  return {
    issuer,
    /** What it tells about a person beside the subject. */
    says: (claims: typeof say) => {
      say = claims;
    },
    bends: (how: typeof bend) => {
      bend = how;
    },
    breaks: (now: boolean) => {
      broken = now;
    },
    /** 换钥: the new key signs, the old one is gone from the list. */
    changesKey: () => {
      key = newKey(`key-${Date.now()}`);
      provider = build();
    },
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
};

/** A person's browser at the provider: keeps its cookies, types a name, and stops where it is sent back to us. */
export class Visitor {
  readonly #cookies = new Map<string, string>();
  /** Whether the provider asked for the name on the way. */
  asked = 0;

  async #fetch(url: string, form?: Record<string, string>): Promise<Response> {
    const response = await fetch(url, {
      redirect: 'manual',
      headers: { cookie: [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ') },
      ...(form ? { method: 'POST', body: new URLSearchParams(form) } : {}),
    });
    for (const line of response.headers.getSetCookie()) {
      const [name = '', value = ''] = line.split(';')[0]?.split('=') ?? [];
      this.#cookies.set(name, value);
    }
    return response;
  }

  /** Goes to this address as this person; the query with which the provider sends the browser back. */
  async goes(url: string, form: Record<string, string>): Promise<string> {
    const origin = new URL(url).origin;
    let response = await this.#fetch(url);
    for (let at = url; ; ) {
      const next = response.headers.get('location');
      if (next !== null) {
        at = new URL(next, at).href;
        if (!at.startsWith(origin)) return new URL(at).search;
        response = await this.#fetch(at);
      } else if (response.status === 200 && at.includes('/interaction/')) {
        this.asked += 1;
        response = await this.#fetch(at, form);
      } else throw new Error(`${at}: ${response.status} ${await response.text()}`);
    }
  }
}
