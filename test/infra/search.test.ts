import { beforeAll, describe, expect, it } from 'vitest';
import { functionsOf, type Made, readFromRoot, runProgram } from './program.ts';

describe('an office that has chosen OpenSearch', () => {
  let made: readonly Made[];
  let functions: ReturnType<typeof functionsOf>;
  const all = (type: string): readonly Made[] => made.filter((each) => each.type === type);

  beforeAll(async () => {
    process.env.GONGKAI_SEARCH = 'opensearch';
    made = await runProgram();
    functions = functionsOf(made);
  });

  it('has one collection for search, encrypted and reached by those who may, made after its policies', () => {
    const [collection, ...others] = all('ServerlessCollection');
    expect(others).toEqual([]);
    expect(collection?.args).toEqual({ name: 'gongkai-test', type: 'SEARCH' });
    expect(collection?.options.dependsOn).toHaveLength(2);
    const policies = Object.fromEntries(
      all('ServerlessSecurityPolicy').map(({ args }) => [args.type, JSON.parse(String(args.policy))]),
    );
    const covered = [{ ResourceType: 'collection', Resource: ['collection/gongkai-test'] }];
    expect(policies).toEqual({
      encryption: { Rules: covered, AWSOwnedKey: true },
      network: [{ Rules: covered, AllowFromPublic: true }],
    });
  });

  it('lets each function do there what docs/deploy.md lists, and no other function anything', () => {
    const guide = readFromRoot('docs/deploy.md');
    const granted = all('ServerlessAccessPolicy').map(({ args }) => {
      expect(String(args.name)).toMatch(/^[a-z][a-z0-9-]{2,31}$/);
      const [{ Rules, Principal }] = JSON.parse(String(args.policy));
      expect(Rules).toHaveLength(1);
      expect(Rules[0].Resource).toEqual(['index/gongkai-test/*']);
      expect(Principal).toHaveLength(1);
      return `${String(Principal[0]).replace('arn:role/', '')}: ${Rules[0].Permission.join(', ')}`;
    });
    expect(granted.map((line) => line.split(':')[0]).sort()).toEqual(['api', 'clock', 'stations']);
    for (const line of granted) expect(guide).toContain(line);
    const callers = Object.entries(functions)
      .filter(([, { permissions }]) => JSON.stringify(permissions).includes('aoss:APIAccessAll'))
      .map(([name]) => name);
    expect(callers.sort()).toEqual(['api', 'clock', 'stations']);
  });

  it('tells every function where it answers', () => {
    for (const [name, { environment }] of Object.entries(functions))
      expect(environment, name).toMatchObject({ GONGKAI_OPENSEARCH: 'https://collection' });
  });
});
