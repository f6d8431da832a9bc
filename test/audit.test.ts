import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { staffRoutes } from '@gongkai/api/staff';
import { triggerAudit } from '@gongkai/aws/lambda';
import { type AuditDuty, dutyActions, message, stationAudit, taskAudit } from '@gongkai/core';
import { testOffice } from '@gongkai/core/memory';
import { describe, expect, it } from 'vitest';
import { commandAudit } from '../packages/local/src/cli/audit-duties.ts';
import { defaultPolicy } from './scenario/office-at-work.ts';

const root = fileURLToPath(new URL('../', import.meta.url));
const read = (path: string): string => readFileSync(`${root}${path}`, 'utf8');

const routes = staffRoutes({
  office: testOffice(defaultPolicy()).office,
  // With a provider: then every route is there.
  oidc: { settings: { issuer: 'https://id.example', clientId: 'gongkai', name: '统一认证' } } as never,
});

/** Sources in which something is done, without tests and without the tables that only say what may be. */
const sources = ['core', 'api', 'aws', 'cloud', 'local'].flatMap((name) =>
  readdirSync(`${root}packages/${name}/src`, { recursive: true, encoding: 'utf8' })
    .filter(
      (path) =>
        /\.ts$/.test(path) && !/(\.test|audit-duties)\.ts$|^memory\/|^demonstration\/|test-/.test(path),
    )
    .map((path) => ({ path: `packages/${name}/src/${path}`, text: read(`packages/${name}/src/${path}`) })),
);

const said = (duty: AuditDuty | { readonly none: string } | readonly string[]): string =>
  'none' in duty ? `— ${duty.none}` : ('actions' in duty ? duty.actions : duty).join(', ');

const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');

/** The whole of docs/audit.md, from the code. */
const document = (): string => {
  const changing = routes.flatMap((one) =>
    one.method === 'GET' ? [] : [[`${one.method} /api${one.path}`, said(one.audit)]],
  );
  const triggers = Object.entries<object>(triggerAudit).map(([name, duty]) => [
    name,
    Object.entries(duty)
      .map(([kind, what]) => (kind === 'none' ? `— ${what}` : `${kind}: ${[what].flat().join(', ')}`))
      .join('; '),
  ]);
  return `# Who writes what into the audit · 谁写哪些审计记录

Made from the code: \`test/audit.test.ts\` fails when it differs (\`npx vitest run test/audit.test.ts -u\` writes it anew). A change and
its entry are one commit. Each piece of work below is handed records that refuse a change without one of its entries
(\`packages/core/src/repository/audited.ts\`), so nobody can forget it. — : writes none, and why.

每一项工作只能写入下表所列的审计动作；没有审计记录的改动会被拒绝，不会写入。“—”表示不写，并说明理由。

## Routes · 接口

Routes that read (GET) change nothing. The public catalogue only reads.

${table(['route', 'audit'], changing)}

## Stations · 环节

${table(
  ['message', 'audit'],
  Object.entries<AuditDuty>(stationAudit).map(([type, duty]) => [type, said(duty)]),
)}

## By the clock · 定时

${table(
  ['task', 'audit'],
  Object.entries<AuditDuty>(taskAudit).map(([name, duty]) => [name, said(duty)]),
)}

## At the terminal · 命令行

${table(
  ['command', 'audit'],
  Object.entries(commandAudit).map(([name, actions]) => [`gongkai ${name}`, said(actions)]),
)}

## Functions on AWS · 云函数

${table(['function', 'by whose word'], triggers)}
`;
};

describe('the audit', () => {
  it('has an event, or a reason for none, for every route and event: docs/audit.md is what the code says', async () => {
    for (const one of routes)
      if (one.method !== 'GET' && 'none' in one.audit)
        expect(one.audit.none.length, one.path).toBeGreaterThan(10);
    for (const [name, duty] of Object.entries<AuditDuty>({ ...stationAudit, ...taskAudit }))
      expect('none' in duty ? duty.none.length > 20 : duty.actions.length > 0, name).toBe(true);
    await expect(document()).toMatchFileSnapshot('../docs/audit.md');
  });

  it('needs no line for the public catalogue and the health pages: nothing there takes a change', () => {
    const pages = sources.filter(({ path }) => /^packages\/api\/src\/(catalogue|health)\//.test(path));
    expect(pages.length).toBeGreaterThan(20);
    const changing = pages.filter(({ text }) =>
      /\bapp\.(post|put|patch|delete|on)\(|\.commit\(|\bupdate\(/.test(text),
    );
    expect(changing.map(({ path }) => path)).toEqual([]);
  });

  it('has a line for every message and every function, and no line for what is not there', () => {
    expect(Object.keys(stationAudit).sort()).toEqual([...message.shape.type.options].sort());
    const files = readdirSync(`${root}functions`).filter((name) => name.endsWith('.ts'));
    expect(files.sort()).toEqual(
      Object.keys(triggerAudit)
        .map((name) => `${name}.ts`)
        .sort(),
    );
    // Every task is run by a function, and each by the wrapper of its name.
    const tasks = Object.values<object>(triggerAudit).flatMap((duty) =>
      'tasks' in duty ? (duty.tasks as string[]) : [],
    );
    expect(new Set(tasks)).toEqual(new Set(Object.keys(taskAudit)));
    const wrappers = sources.filter(({ path }) => path.startsWith('packages/aws/src/lambda/'));
    for (const name of Object.keys(triggerAudit))
      if (name !== 'api')
        expect(
          wrappers.some(({ text }) => new RegExp(`name: '${name}'|workOff\\(\\s*'${name}'`).test(text)),
          name,
        ).toBe(true);
    for (const name of Object.keys(taskAudit))
      expect(
        sources.some(({ text }) =>
          new RegExp(`audited\\(given, taskAudit(\\.${name}|\\['${name}'\\])\\)`).test(text),
        ),
        name,
      ).toBe(true);
  });

  it('says of every action in the code who may write it, and names no action that no code writes', () => {
    const declared = new Set([
      ...routes.flatMap((one) => (one.method === 'GET' || 'none' in one.audit ? [] : one.audit)),
      ...Object.values<AuditDuty>({ ...stationAudit, ...taskAudit }).flatMap(dutyActions),
      ...commandAudit.archive,
    ]);
    const written = sources.flatMap(({ text }) => [
      ...[...text.matchAll(/\baction: .*/g)].flatMap(([line]) =>
        [...line.matchAll(/['`]([^'`]*\.[^'`]*[^'`{])['`]/g)].map(([, action = '']) => action),
      ),
      ...[...text.matchAll(/auditOf\([^,]+, [^,]+(?:\([^)]*\))?, '([^']+)'/g)].map(
        ([, action = '']) => action,
      ),
    ]);
    expect(written.length).toBeGreaterThan(20);
    const fits = (action: string, template: string): boolean =>
      new RegExp(`^${template.replaceAll('.', '\\.').replace(/\$\{[^}]*\}/g, '[a-z-]+')}$`).test(action);
    const undeclared = written.filter((one) => ![...declared].some((action) => fits(action, one)));
    expect(undeclared).toEqual([]);
    const literals = sources.map(({ text }) => text).join('\n');
    const unwritten = [...declared].filter(
      (action) => !written.some((one) => fits(action, one)) && literals.split(`'${action}'`).length <= 2,
    );
    expect(unwritten).toEqual([]);
  });
});
