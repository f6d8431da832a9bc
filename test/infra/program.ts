import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/**
 * Runs infra/ as SST runs it, with constructors that write down what they are given instead of Pulumi's. That the
 * arguments are what SST takes is the type check's to say; here is seen what the program asks for.
 */

/** A value that is known at once; SST's outputs are known when AWS has answered. */
class Known {
  readonly value: unknown;
  constructor(value: unknown) {
    this.value = value;
  }
  apply(change: (value: never) => unknown): Known {
    return new Known(plain(change(this.value as never)));
  }
}

/** Without wrappers: outputs by their value, resources by their name. */
const plain = (value: unknown): unknown =>
  value instanceof Known
    ? plain(value.value)
    : Array.isArray(value)
      ? value.map(plain)
      : value !== null && typeof value === 'object' && Object.getPrototypeOf(value) === Object.prototype
        ? Object.fromEntries(Object.entries(value).map(([key, each]) => [key, plain(each)]))
        : value;

export type Made = {
  readonly type: string;
  readonly name: string;
  readonly args: Readonly<Record<string, unknown>>;
  readonly options: Readonly<Record<string, unknown>>;
};

const root = fileURLToPath(new URL('../../', import.meta.url));

export const runProgram = async (command = 'diff'): Promise<readonly Made[]> => {
  const made: Made[] = [];
  const note = (type: string, name: string, args: unknown, options: unknown = {}): void => {
    made.push({
      type,
      name,
      args: plain(args ?? {}) as Made['args'],
      options: plain(options) as Made['options'],
    });
  };
  const resource = (
    type: string,
    more: (name: string, args: Record<string, unknown>) => object = () => ({}),
  ) =>
    class {
      constructor(name: string, args: Record<string, unknown> = {}, options?: unknown) {
        note(type, name, args, options);
        Object.assign(
          this,
          { arn: new Known(`arn:${name}`), name: new Known(name), url: new Known(`https://${name}`) },
          more(name, args),
        );
      }
    };
  const stackOutputs = (_: string, args: Record<string, unknown>) => {
    const { Outputs } = JSON.parse(String(args.templateBody)) as { Outputs: Record<string, unknown> };
    return {
      outputs: new Known(Object.fromEntries(Object.keys(Outputs).map((name) => [name, `<${name}>`]))),
    };
  };
  /** What SST makes along with a function, by the name of its file. */
  const functionNodes = (args: unknown) => {
    const { handler } = args as { handler?: string };
    return {
      nodes: { role: { arn: new Known(`arn:role/${handler?.replace(/^functions\/|\.handler$/g, '')}`) } },
    };
  };
  const cronNodes = (_: string, args: Record<string, unknown>) => ({
    nodes: { function: functionNodes(args.function) },
  });
  const subscribe =
    (type: string) =>
    (name: unknown, ...rest: unknown[]) => {
      const [from, subscriber, args] = rest.length === 2 ? [name, ...rest] : rest;
      note(type, String(plain(name)), { from, subscriber, ...(args as object) });
      return { nodes: { function: functionNodes(subscriber) } };
    };
  const globals = {
    $app: { name: 'gongkai', stage: 'test' },
    $jsonStringify: (value: unknown) => new Known(JSON.stringify(plain(value))),
    $cli: { command, paths: { root } },
    $util: { output: (value: unknown) => new Known(value), secret: (value: unknown) => new Known(value) },
    $interpolate: (texts: TemplateStringsArray, ...values: unknown[]) =>
      new Known(texts.reduce((all, text, at) => `${all}${at > 0 ? plain(values[at - 1]) : ''}${text}`, '')),
    aws: {
      cloudformation: { Stack: resource('Stack', stackOutputs) },
      getPartitionOutput: () => ({ partition: new Known('aws') }),
      iam: {
        Role: resource('Role'),
        RolePolicy: resource('RolePolicy'),
        assumeRolePolicyForPrincipal: (principal: unknown) => ({ principal }),
        getPolicyDocumentOutput: (document: unknown) => ({ json: new Known(plain(document)) }),
      },
      lambda: { Function: resource('aws.Function') },
      ssm: { Parameter: resource('Parameter') },
      guardduty: { MalwareProtectionPlan: resource('MalwareProtectionPlan') },
      opensearch: {
        ServerlessSecurityPolicy: resource('ServerlessSecurityPolicy'),
        ServerlessAccessPolicy: resource('ServerlessAccessPolicy'),
        ServerlessCollection: resource('ServerlessCollection', () => ({
          collectionEndpoint: new Known('https://collection'),
        })),
      },
      kms: {
        getPublicKeyOutput: ({ keyId }: { keyId: unknown }) => ({
          publicKey: new Known(`public key of ${plain(keyId)}`),
        }),
      },
      dynamodb: {
        getTableOutput: ({ name }: { name: string }) => ({
          name: new Known(name),
          arn: new Known(`arn:table/${name}`),
          streamArn: new Known(`arn:table/${name}/stream`),
        }),
      },
    },
    sst: {
      aws: {
        Queue: { subscribe: subscribe('Queue.subscribe') },
        Dynamo: { subscribe: subscribe('Dynamo.subscribe') },
        CronV2: resource('CronV2', cronNodes),
        Function: resource('Function', (_, args) => functionNodes(args)),
        Router: resource('Router'),
        StaticSite: resource('StaticSite'),
      },
    },
  };
  Object.assign(globalThis, globals);
  await import('../../infra/index.ts' as string);
  return made;
};

/** The functions that the program makes in functions/, by the name of their file. */
export const functionsOf = (made: readonly Made[]): Record<string, Record<string, unknown>> =>
  Object.fromEntries(
    made
      .map(({ type, args }) => (type === 'Function' ? args : (args.subscriber ?? args.function)))
      .filter(
        (args): args is Record<string, unknown> =>
          typeof args === 'object' && args !== null && 'handler' in args,
      )
      .map((args) => [/^functions\/(\w+)\.handler$/.exec(String(args.handler))?.[1] ?? '', args]),
  );

export const readFromRoot = (path: string): string => readFileSync(`${root}${path}`, 'utf8');
