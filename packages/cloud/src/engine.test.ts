import { GuardDutyScanner, OpenSearch, SnapshotSearch } from '@gongkai/aws';
import { NoScanner } from '@gongkai/embedded';
import { afterEach, expect, it, vi } from 'vitest';

afterEach(() => {
  vi.unstubAllEnvs();
  vi.resetModules();
});

const officeWith = async (env: Record<string, string>) => {
  const names = [
    'TABLE',
    'VAULT',
    'QUARANTINE',
    'RENDITIONS',
    'AUDIT',
    'SIGNING_KEY',
    'STATIONS_QUEUE',
    'METRICS',
  ];
  for (const name of names) vi.stubEnv(`GONGKAI_${name}`, 'given');
  vi.stubEnv('GONGKAI_POLICY', 'policies/default.yaml');
  vi.stubEnv('GONGKAI_PUBLIC_URL', 'https://gongkai.example');
  vi.stubEnv('GONGKAI_STATION_SECONDS', '900');
  vi.stubEnv('AWS_REGION', 'cn-north-1');
  for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value);
  return import('./office.ts');
};
const searchWith = async (env: Record<string, string>) => (await officeWith(env)).search;

// By name: after a reset the classes are others.
it('one setting chooses the engine of search', async () => {
  expect((await searchWith({})).constructor.name).toBe(SnapshotSearch.name);
  vi.resetModules();
  const endpoint = 'https://abc.cn-north-1.aoss.amazonaws.com.cn';
  expect((await searchWith({ GONGKAI_OPENSEARCH: endpoint })).constructor.name).toBe(OpenSearch.name);
});

it('what is no address is refused when the function starts, not when somebody searches', async () => {
  await expect(searchWith({ GONGKAI_OPENSEARCH: 'yes' })).rejects.toThrow('GONGKAI_OPENSEARCH');
});

it('one setting chooses who scans; without it nobody does and the policy decides', async () => {
  const far = { scan: async () => ({ verdict: 'clean' as const }) };
  const chosen = async (env: Record<string, string>) => {
    vi.resetModules();
    return (await officeWith(env)).chosenScanner(far);
  };
  expect((await chosen({})).constructor.name).toBe(NoScanner.name);
  expect((await chosen({ GONGKAI_SCANNER: 'guardduty' })).constructor.name).toBe(GuardDutyScanner.name);
  expect(await chosen({ GONGKAI_SCANNER: 'clamav' })).toBe(far);
  await expect(chosen({ GONGKAI_SCANNER: 'none' })).rejects.toThrow('GONGKAI_SCANNER');
});
