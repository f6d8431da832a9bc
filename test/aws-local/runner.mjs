import { Writable } from 'node:stream';

/**
 * A function as Lambda's managed Node runtime runs it: asks the runtime API for an event, hands it to the handler of
 * `functions/<name>.ts` (or of its bundle), answers, again. (AWS: "Building a custom runtime"; "Response streaming".)
 * Plain JavaScript: to strip types would be a third of what a cold start is measured at, and no part of Lambda's.
 */
const { AWS_LAMBDA_RUNTIME_API: runtimeApi, FUNCTION: name, BUNDLE: bundled } = process.env;
const base = `http://${runtimeApi}/2018-06-01/runtime/invocation`;

const streaming = new WeakSet();

/** What a streamed answer begins with: its head as JSON, and eight zeros. */
const heads = new WeakMap();
Object.assign(globalThis, {
  awslambda: {
    streamifyResponse: (handler) => {
      streaming.add(handler);
      return handler;
    },
    HttpResponseStream: {
      from: (stream, metadata) => {
        heads.get(stream)?.(metadata);
        return stream;
      },
    },
  },
});

const { handler } = await import(bundled ?? `../../functions/${name}.ts`);

const streamed = async (id, event, context) => {
  const { readable, writable } = new TransformStream();
  const into = writable.getWriter();
  const stream = new Writable({
    write: (chunk, _encoding, done) => {
      const bytes = typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
      if (bytes.length === 0) return done();
      into.write(new Uint8Array(bytes)).then(() => done(), done);
    },
    final: (done) => void into.close().then(() => done(), done),
  });
  heads.set(stream, (metadata) =>
    stream.write(Buffer.concat([Buffer.from(JSON.stringify(metadata)), Buffer.alloc(8)])),
  );
  const sent = fetch(`${base}/${id}/response`, {
    method: 'POST',
    headers: { 'lambda-runtime-function-response-mode': 'streaming' },
    body: readable,
    duplex: 'half',
  });
  await handler(event, stream, context);
  await sent;
};

for (;;) {
  const next = await fetch(`${base}/next`);
  const id = next.headers.get('lambda-runtime-aws-request-id') ?? '';
  const deadline = Number(next.headers.get('lambda-runtime-deadline-ms'));
  const context = { getRemainingTimeInMillis: () => deadline - Date.now() };
  const event = await next.json();
  try {
    if (streaming.has(handler)) await streamed(id, event, context);
    else {
      const answer = await handler(event, context);
      await fetch(`${base}/${id}/response`, { method: 'POST', body: JSON.stringify(answer ?? null) });
    }
  } catch (cause) {
    const { name: errorType, message } = cause instanceof Error ? cause : new Error(String(cause));
    await fetch(`${base}/${id}/error`, {
      method: 'POST',
      body: JSON.stringify({ errorType, errorMessage: message }),
    });
  }
}
