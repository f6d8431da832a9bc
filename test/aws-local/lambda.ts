import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** What an instance answered: the whole of it, or the request that carries a stream. */
type Answer = { readonly json: string } | { readonly stream: IncomingMessage };

type Call = {
  readonly id: string;
  readonly event: unknown;
  readonly answer: (answer: Answer) => void;
  readonly fail: (cause: Error) => void;
};

type Instance = {
  child: ChildProcess | undefined;
  /** Waits for an event. */
  waiting: ServerResponse | undefined;
  /** Is at work on it. */
  call: Call | undefined;
  timer: NodeJS.Timeout | undefined;
  /** Has come as far as asking for its first event. */
  asked: boolean;
};

export type FunctionOptions = {
  readonly name: string;
  readonly timeoutMs: number;
  /** How many of it run side by side. Lambda has a new instance for each call that finds none free. */
  readonly atOnce: number;
  readonly env: Readonly<Record<string, string>>;
  /** Started by itself instead of by the managed runtime: an image (infra/machines). */
  readonly image?: string;
  /** Where it was unpacked (test/infra/bundle.ts); else it runs from its source. */
  readonly folder?: string;
  readonly log: (line: string) => void;
};

/** None of them outlives this process. */
const alive = new Set<ChildProcess>();
process.once('exit', () => {
  for (const child of alive) child.kill('SIGKILL');
});

const root = fileURLToPath(new URL('../..', import.meta.url));

/**
 * One function: processes that ask the runtime API for events, as Lambda's do. Each works on one event at a time; one
 * that takes too long, or dies, fails its call and is replaced by a new one with the next.
 */
export class LocalFunction {
  readonly #options: FunctionOptions;
  readonly #instances = new Set<Instance>();
  #line: Call[] = [];
  #ended = false;
  /** Calls, and what became of them. `coldStarts` counts processes. */
  readonly tally = { calls: 0, failed: 0, coldStarts: 0, billedMs: 0 };

  constructor(options: FunctionOptions) {
    this.#options = options;
  }

  /** Waits for the answer. Throws what the function threw, or that it ran out of time or died. */
  async invoke(event: unknown): Promise<unknown> {
    const answer = await this.#call(event);
    if (!('json' in answer)) throw new Error(`${this.#options.name} answered with a stream`);
    return JSON.parse(answer.json);
  }

  /** For a function that streams: the request by which it sends its answer, to be read to its end. */
  async invokeStreaming(event: unknown): Promise<IncomingMessage> {
    const answer = await this.#call(event);
    if (!('stream' in answer)) throw new Error(`${this.#options.name} answered whole`);
    return answer.stream;
  }

  /** The processes of its instances, without those that they have started. */
  get pids(): number[] {
    return [...this.#instances].flatMap(({ child }) => (child?.pid === undefined ? [] : [child.pid]));
  }

  /** Ends one instance at once, whatever it is at: as Lambda may. True when there was one at work. */
  kill(): boolean {
    const busy = [...this.#instances].find(({ call }) => call !== undefined);
    busy?.child?.kill('SIGKILL');
    return busy !== undefined;
  }

  end(): void {
    this.#ended = true;
    for (const { child } of this.#instances) child?.kill('SIGKILL');
  }

  #call(event: unknown): Promise<Answer> {
    this.tally.calls += 1;
    const started = performance.now();
    return new Promise<Answer>((answer, fail) => {
      this.#line.push({ id: randomUUID(), event, answer, fail });
      this.#dispatch();
    })
      .catch((cause: unknown) => {
        this.tally.failed += 1;
        throw cause;
      })
      .finally(() => {
        this.tally.billedMs += performance.now() - started;
      });
  }

  #dispatch(): void {
    for (const instance of this.#instances) {
      if (instance.waiting === undefined || instance.call !== undefined) continue;
      const call = this.#line.shift();
      if (call === undefined) return;
      this.#hand(instance, instance.waiting, call);
    }
    const starting = [...this.#instances].filter(({ waiting, call }) => !waiting && !call).length;
    const wanted = Math.min(this.#line.length - starting, this.#options.atOnce - this.#instances.size);
    for (let n = 0; n < wanted; n++) void this.#start();
  }

  #hand(instance: Instance, response: ServerResponse, call: Call): void {
    instance.waiting = undefined;
    instance.call = call;
    instance.timer = setTimeout(() => {
      this.#options.log(`${this.#options.name}: timed out`);
      instance.child?.kill('SIGKILL');
    }, this.#options.timeoutMs);
    response.setHeader('lambda-runtime-aws-request-id', call.id);
    response.setHeader('lambda-runtime-deadline-ms', String(Date.now() + this.#options.timeoutMs));
    response.end(JSON.stringify(call.event));
  }

  #done(instance: Instance): void {
    clearTimeout(instance.timer);
    instance.call = undefined;
  }

  async #start(): Promise<void> {
    this.tally.coldStarts += 1;
    const instance: Instance = {
      child: undefined,
      waiting: undefined,
      call: undefined,
      timer: undefined,
      asked: false,
    };
    this.#instances.add(instance);
    const server = createServer((request, response) => void this.#runtimeApi(instance, request, response));
    server.requestTimeout = 0;
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    const port = address !== null && typeof address === 'object' ? address.port : 0;
    const { name, env, image, log } = this.#options;
    const entry = image ?? fileURLToPath(new URL('runner.mjs', import.meta.url));
    // A /tmp of its own, gone with the instance.
    const scratch = mkdtempSync(join(tmpdir(), `gongkai-${name}-`));
    const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', entry], {
      cwd: this.#options.folder ?? root,
      // Nothing of this process's environment: a function has what infra/ gives it and no more.
      env: {
        PATH: process.env.PATH ?? '',
        HOME: scratch,
        TMPDIR: scratch,
        ...env,
        FUNCTION: name,
        AWS_LAMBDA_RUNTIME_API: `127.0.0.1:${port}`,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    instance.child = child;
    alive.add(child);
    for (const stream of [child.stdout, child.stderr])
      stream?.on('data', (data: Buffer) => {
        for (const line of data.toString().split('\n')) if (line !== '') log(`${name}: ${line}`);
      });
    child.once('exit', (code, signal) => {
      alive.delete(child);
      this.#instances.delete(instance);
      const { call } = instance;
      this.#done(instance);
      server.close();
      server.closeAllConnections();
      rmSync(scratch, { recursive: true, force: true });
      // One that ended before it asked for anything fails the call that it was started for: Lambda's Runtime.ExitError.
      const lost = call ?? (instance.asked || this.#ended ? undefined : this.#line.shift());
      lost?.fail(new Error(`${name}: its process ended (${signal ?? code})`));
      if (!this.#ended && this.#line.length > 0) this.#dispatch();
    });
  }

  async #runtimeApi(instance: Instance, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = request.url ?? '';
    if (path.endsWith('/invocation/next')) {
      instance.waiting = response;
      instance.asked = true;
      this.#dispatch();
      return;
    }
    const { call } = instance;
    if (
      path.endsWith('/response') &&
      request.headers['lambda-runtime-function-response-mode'] === 'streaming'
    ) {
      call?.answer({ stream: request });
      request.once('end', () => {
        this.#done(instance);
        response.end();
      });
      return;
    }
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    const body = Buffer.concat(parts).toString();
    this.#done(instance);
    response.end();
    // It will never ask for an event; a new one would be no better.
    if (path.endsWith('/init/error'))
      for (const waiting of this.#line.splice(0)) waiting.fail(new Error(`${this.#options.name}: ${body}`));
    else if (path.endsWith('/error')) call?.fail(new Error(`${this.#options.name}: ${body}`));
    else call?.answer({ json: body });
  }
}
