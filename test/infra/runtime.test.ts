import { createServer, type ServerResponse } from 'node:http';
import { describe, expect, it } from 'vitest';
import { type Context, type Handler, serve } from '../../infra/machines/runtime.ts';

type Given = {
  readonly events?: readonly unknown[];
  /** How Lambda takes the answers of some events. */
  readonly takes?: (path: string) => number;
  /** How the next event is given out; at once. */
  readonly give?: (give: () => void) => void;
};

/** Lambda's side of the interface: gives out events, keeps what comes back. */
const lambda = async ({ events = [{}], takes = () => 202, give = (now) => now() }: Given) => {
  const said: { path: string; body: unknown }[] = [];
  let given = 0;
  const next = (response: ServerResponse): void => {
    response.setHeader('lambda-runtime-aws-request-id', `id-${given}`);
    response.setHeader('lambda-runtime-deadline-ms', String(Date.now() + 60_000));
    response.end(JSON.stringify(events[given++]));
  };
  const server = createServer((request, response) => {
    const path = request.url?.replace('/2018-06-01/runtime/', '') ?? '';
    if (path === 'invocation/next') return give(() => next(response));
    let body = '';
    request.on('data', (part) => {
      body += part;
    });
    request.on('end', () => {
      said.push({ path, body: JSON.parse(body) });
      response.writeHead(takes(path)).end('{"errorMessage":"too large"}');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = address !== null && typeof address === 'object' ? address.port : 0;
  const run = (handler: Handler) =>
    serve(
      `127.0.0.1:${port}`,
      async () => handler,
      () => given < events.length,
    ).finally(() => server.close());
  return { at: `127.0.0.1:${port}`, said, run, end: () => server.close() };
};

const doubled: Handler = async (event) => {
  const { n } = event as { n: number };
  if (n === 2) throw new RangeError('too many pages');
  return { twice: n * 2 };
};

describe('the runtime of the machines', () => {
  it('answers each event, and goes on after one that fails', async () => {
    const { said, run } = await lambda({ events: [{ n: 1 }, { n: 2 }, { n: 3 }] });
    await run(doubled);
    expect(said).toEqual([
      { path: 'invocation/id-0/response', body: { twice: 2 } },
      { path: 'invocation/id-1/error', body: { errorType: 'RangeError', errorMessage: 'too many pages' } },
      { path: 'invocation/id-2/response', body: { twice: 6 } },
    ]);
  });

  it('says why an answer was not taken, and goes on', async () => {
    const { said, run } = await lambda({
      events: [{ n: 1 }, { n: 3 }],
      takes: (path) => (path === 'invocation/id-0/response' ? 413 : 202),
    });
    await run(doubled);
    expect(said.map(({ path }) => path)).toEqual([
      'invocation/id-0/response',
      'invocation/id-0/error',
      'invocation/id-1/response',
    ]);
    expect(said[1]?.body).toMatchObject({ errorMessage: expect.stringMatching(/413.*too large/) });
  });

  it('tells the handler which request it is, and how long it may take', async () => {
    const seen: Context[] = [];
    const { run } = await lambda({});
    await run(async (_, context) => void seen.push(context));
    expect(seen[0]?.awsRequestId).toBe('id-0');
    expect(seen[0]?.getRemainingTimeInMillis()).toBeGreaterThan(0);
    expect(seen[0]?.getRemainingTimeInMillis()).toBeLessThanOrEqual(60_000);
  });

  it('tells Lambda why it could not start', async () => {
    const { at, said, end } = await lambda({});
    const broken = serve(at, async () => {
      throw new Error('GONGKAI_VAULT is missing');
    });
    await expect(broken).rejects.toThrow('GONGKAI_VAULT is missing');
    end();
    expect(said).toEqual([
      { path: 'init/error', body: { errorType: 'Error', errorMessage: 'GONGKAI_VAULT is missing' } },
    ]);
  });

  /** Node's `fetch` ends a request after 300 s without an answer; here after none, so that the test need not wait. */
  it('waits for the next event for as long as it takes', async () => {
    const key = Symbol.for('undici.globalDispatcher.1');
    const globals = globalThis as unknown as Record<
      symbol,
      { dispatch(options: object, on: object): boolean }
    >;
    await fetch('data:,'); // sets it
    const usual = globals[key];
    if (usual === undefined) throw new Error('fetch has another dispatcher now');
    let asked = false;
    globals[key] = Object.assign(Object.create(usual), {
      dispatch: (options: object, on: object) => {
        asked = true;
        return usual.dispatch({ ...options, headersTimeout: 1 }, on);
      },
    });
    try {
      const { said, run } = await lambda({ give: (now) => setTimeout(now, 1_500) });
      await run(async () => 'late');
      expect(said).toEqual([{ path: 'invocation/id-0/response', body: 'late' }]);
      expect(asked, 'fetch was used').toBe(false);
    } finally {
      globals[key] = usual;
    }
  });
});
