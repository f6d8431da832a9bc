import { Agent, type IncomingHttpHeaders, request } from 'node:http';
import { text } from 'node:stream/consumers';

/**
 * Lambda's runtime interface for an image that is not one of AWS's: fetch an event, hand it over, answer, again.
 * (AWS: "Building a custom runtime", version 2018-06-01.) Ends only when Lambda ends it.
 */
export type Context = { readonly awsRequestId: string; getRemainingTimeInMillis(): number };
export type Handler = (event: unknown, context: Context) => Promise<unknown>;

type Said = { readonly status: number; readonly headers: IncomingHttpHeaders; readonly body: string };
const agent = new Agent({ keepAlive: true });

/**
 * Not `fetch`: that one gives up after 300 s without an answer (undici's headersTimeout), and between two events an
 * instance waits, frozen, for as long as it likes. AWS: "Do not set a timeout on the GET request".
 */
const ask = (url: string, body?: string, headers: Record<string, string> = {}): Promise<Said> =>
  new Promise((resolve, reject) => {
    const asked = request(url, { agent, method: body === undefined ? 'GET' : 'POST', headers }, (answer) => {
      const { statusCode: status = 0, headers: got } = answer;
      text(answer).then((whole) => resolve({ status, headers: got, body: whole }), reject);
    });
    asked.once('error', reject);
    asked.end(body);
  });

const tell = (url: string, cause: unknown): Promise<Said> => {
  const { name, message } = cause instanceof Error ? cause : new Error(String(cause));
  const said = JSON.stringify({ errorType: name, errorMessage: message });
  return ask(url, said, { 'lambda-runtime-function-error-type': name });
};

export const serve = async (
  runtimeApi: string,
  open: () => Promise<Handler>,
  goesOn: () => boolean = () => true,
): Promise<void> => {
  const base = `http://${runtimeApi}/2018-06-01/runtime`;
  let handler: Handler;
  try {
    handler = await open();
  } catch (cause) {
    // Else Lambda would say no more than that the process ended.
    await tell(`${base}/init/error`, cause);
    throw cause;
  }
  while (goesOn()) {
    const { status, headers, body } = await ask(`${base}/invocation/next`);
    if (status !== 200) throw new Error(`the runtime API answered ${status} instead of an event`);
    const id = String(headers['lambda-runtime-aws-request-id']);
    const deadline = Number(headers['lambda-runtime-deadline-ms']);
    const context = { awsRequestId: id, getRemainingTimeInMillis: () => deadline - Date.now() };
    try {
      const answer = (await handler(JSON.parse(body), context)) ?? null;
      const taken = await ask(`${base}/invocation/${id}/response`, JSON.stringify(answer));
      // 413: longer than Lambda carries. The event is still open, and whoever asked must hear why.
      if (taken.status >= 400)
        throw new Error(`Lambda does not take the answer: ${taken.status} ${taken.body}`);
    } catch (cause) {
      await tell(`${base}/invocation/${id}/error`, cause);
    }
  }
};
