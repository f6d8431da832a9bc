import { createServer } from 'node:http';
import { describe, expect, it } from 'vitest';
import { serve } from '../../infra/machines/runtime.ts';

/** Lambda's side of the interface: gives out events, keeps what comes back. */
const lambda = async (events: readonly unknown[]) => {
  const said: { path: string; body: unknown }[] = [];
  let given = 0;
  const server = createServer((request, response) => {
    if (request.url?.endsWith('/next')) {
      response.setHeader('lambda-runtime-aws-request-id', `id-${given}`);
      response.end(JSON.stringify(events[given++]));
      return;
    }
    let body = '';
    request.on('data', (part) => {
      body += part;
    });
    request.on('end', () => {
      said.push({ path: request.url ?? '', body: JSON.parse(body) });
      response.writeHead(202).end('{}');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = address !== null && typeof address === 'object' ? address.port : 0;
  return { at: `127.0.0.1:${port}`, said, left: () => given < events.length, end: () => server.close() };
};

describe('the runtime of the machines', () => {
  it('answers each event, and goes on after one that fails', async () => {
    const { at, said, left, end } = await lambda([{ n: 1 }, { n: 2 }, { n: 3 }]);
    await serve(
      at,
      async (event) => {
        const { n } = event as { n: number };
        if (n === 2) throw new RangeError('too many pages');
        return { twice: n * 2 };
      },
      left,
    );
    end();
    const base = '/2018-06-01/runtime/invocation';
    expect(said).toEqual([
      { path: `${base}/id-0/response`, body: { twice: 2 } },
      { path: `${base}/id-1/error`, body: { errorType: 'RangeError', errorMessage: 'too many pages' } },
      { path: `${base}/id-2/response`, body: { twice: 6 } },
    ]);
  });
});
