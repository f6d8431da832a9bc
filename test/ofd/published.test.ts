import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { foundPerson } from '@gongkai/api/people';
import { sha256Hex } from '@gongkai/core';
import { SystemClock } from '@gongkai/embedded';
import { ApiClient, type Host, openHost, quiet, run } from '@gongkai/local';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ofdToPdf } from '../../packages/render/src/convert/ofd/index.ts';
import { withPdf } from '../../packages/render/src/pdfium/index.ts';
import { textOf } from '../../packages/render/src/release/specimen.ts';
import { type Errand, type Staff, work } from '../crash/office-day.ts';
import { freePort } from '../crash/product.ts';

/** OFD files through the whole product: uploaded, converted, inspected, decided on by two, rendered, gated, public. */

const made = fileURLToPath(new URL('./made/', import.meta.url));
const room = mkdtempSync(join(tmpdir(), 'gongkai-ofd-'));
const errands = ['notice.ofd', 'drawing.ofd', 'sealed.ofd', 'attached.ofd'].map(
  (file): Errand => ({ file, folder: made }),
);
const passwordOf = (account: string): string => `Taoyuan-${[...account].reverse().join('')}-7391`;
let host: Host;
let running: Awaited<ReturnType<typeof run>>;
let staff: Staff;

beforeAll(async () => {
  const policy = join(room, 'policy.yaml');
  writeFileSync(
    policy,
    'extends: default\nkey: delivers-ofd\nname: OFD\nbasis: test\nvalidFrom: 2020-01-01\ndelivery: { ofd: true }\n',
  );
  host = await openHost(join(room, 'data'), { port: await freePort(), policy }, new SystemClock());
  const roles = {
    jingban: ['maker'],
    chushen: ['first-reviewer'],
    fuhe: ['second-reviewer'],
    guanli: ['administrator'],
  } as const;
  for (const [account, has] of Object.entries(roles)) {
    const password = passwordOf(account);
    const done = await foundPerson(host.office, { account, name: account, password, roles: [...has] });
    if (!done.ok) throw new Error(done.error.code);
  }
  running = await run(host, quiet);
  const clients: Record<string, ApiClient> = {};
  for (const account of Object.keys(roles)) {
    clients[account] = new ApiClient(running.address);
    await clients[account].signIn(account, passwordOf(account));
  }
  staff = clients as Staff;
  const until = Date.now() + 200_000;
  expect(await work(staff, errands, () => Date.now() > until)).toEqual([]);
}, 240_000);
afterAll(async () => {
  await running?.stop();
  await host?.close();
  rmSync(room, { recursive: true, force: true });
});

const viewOf = (file: string) => {
  const id = errands.find((it) => it.file === file)?.id;
  if (id === undefined) throw new Error(`${file} was not taken`);
  return staff.jingban.view(id);
};

describe('an OFD', () => {
  it.each(errands)('$file goes all the way to the public', (errand) => {
    expect(errand.over).toBe('published');
  });

  it('is kept bit for bit as it came', async () => {
    const { item } = await viewOf('sealed.ofd');
    expect(item.files[0]?.type).toBe('ofd');
    expect(item.files[0]?.sha256).toBe(sha256Hex(readFileSync(`${made}sealed.ofd`)));
  });

  it('is public as a PDF whose text is that of its pages', async () => {
    const { item } = await viewOf('notice.ofd');
    const page = await (await fetch(`${running.address}/item/${item.id}`)).text();
    const link = /href="(\/file\/[^"]+)"/.exec(page)?.[1] ?? '';
    const bytes = new Uint8Array(await (await fetch(new URL(link, running.address))).arrayBuffer());
    if (process.env.GONGKAI_LOOK) writeFileSync(join(process.env.GONGKAI_LOOK, 'release.pdf'), bytes);
    const text = await withPdf(bytes, (pdf) =>
      pdf.withPage(1, (one) =>
        one
          .characters()
          .map((it) => it.text)
          .join(''),
      ),
    );
    expect(text.ok && text.value?.replace(/\s/g, '')).toContain(
      '现将本季度财务收支情况公开，公示期七个工作日',
    );
  });

  it('is public as OFD too, with the release’s text and by the hash that is proven', async () => {
    const { item } = await viewOf('sealed.ofd');
    const page = await (await fetch(`${running.address}/item/${item.id}`)).text();
    const link = /href="(\/ofd\/[^"]+)"/.exec(page)?.[1] ?? '';
    const bytes = new Uint8Array(await (await fetch(new URL(link, running.address))).arrayBuffer());
    const sha256 = sha256Hex(bytes);
    expect(item.pass?.ofds).toEqual([sha256]);
    expect((await fetch(`${running.address}/verify/hash/${sha256}`)).status).toBe(200);
    const drawn = await ofdToPdf(bytes, 10);
    const again = drawn.ok ? await textOf(drawn.value.pdf) : [];
    const pdf = await fetch(new URL(`/file/${item.id}/0`, running.address));
    const before = await textOf(new Uint8Array(await pdf.arrayBuffer()));
    const letters = (pages: string[]) => pages.map((it) => [...it].sort().join(''));
    expect(letters(again)).toEqual(letters(before));
  });

  it('shows what stands beside its pages to whoever decides', async () => {
    const told = (await viewOf('attached.ofd')).findings.flat();
    expect(told.find(({ rule }) => rule === 'ofd-attachment')).toMatchObject({
      severity: 'high',
      text: '低保名单',
    });
    expect((await viewOf('sealed.ofd')).findings.flat().some(({ rule }) => rule === 'ofd-signature')).toBe(
      true,
    );
  });
});
