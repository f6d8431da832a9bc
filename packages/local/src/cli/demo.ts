import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { localDate } from '@gongkai/core';
import {
  carry,
  type DayView,
  type Entry,
  foundStaff,
  programme,
  readCredentials,
  type Staff,
  signedIn,
} from '../demonstration/index.ts';
import { openHost } from '../host.ts';
import { jsonLog } from '../log.ts';
import { run } from '../server.ts';
import { type Command, WrongUse } from './command.ts';

type Line = {
  document: string;
  state: string;
  pages: number;
  findings: number;
  redactions: number;
  decisions: string;
  where: string;
  until: string;
  seconds: number;
  stations: Readonly<Record<string, number>>;
};

const stations = ['intake', 'convert', 'inspect', 'render', 'gate', 'publish'] as const;

const lineOf = (view: DayView, base: string, seconds: number): Line => {
  const { item } = view;
  return {
    document: item.files[0]?.name ?? '',
    state: item.state,
    pages: item.files.reduce((sum, file) => sum + (file.pages ?? 0), 0),
    findings: view.findings.flat().length,
    redactions: item.redactions.length,
    decisions: item.decisions.map(({ personName }) => personName).join('、'),
    where: item.state === 'published' ? `${base}/item/${item.id}` : (item.trouble?.code ?? '—'),
    until:
      item.state !== 'published'
        ? '—'
        : item.until === undefined
          ? '长期'
          : localDate(new Date(Date.parse(item.until) - 1).toISOString()),
    seconds,
    stations: item.timing,
  };
};

/** Han characters are two columns wide in a terminal. */
const wide = (text: string): number =>
  [...text].reduce((sum, character) => sum + (/[\u2e80-\uffe6]/.test(character) ? 2 : 1), 0);
const pad = (text: string, width: number): string => {
  let cut = text;
  while (wide(cut) > width) cut = cut.slice(0, -1);
  return cut + ' '.repeat(width - wide(cut));
};

const table = (lines: readonly Line[]): string[] => {
  const row = (cells: readonly string[]): string =>
    cells.map((cell, i) => pad(cell, [40, 10, 5, 5, 5, 28, 11][i] ?? 8)).join(' ');
  return [
    row(['文件', '结果', '页', '发现', '遮盖', '决定', '展示至', ...stations]),
    ...lines.map((line) =>
      row([
        line.document,
        line.state,
        String(line.pages),
        String(line.findings),
        String(line.redactions),
        line.decisions,
        line.until,
        ...stations.map((station) =>
          line.stations[station] === undefined ? '—' : `${line.stations[station]} ms`,
        ),
      ]),
    ),
  ];
};

const bar = (done: number, total: number, what: string): void => {
  if (!process.stderr.isTTY) return;
  const width = 24;
  const filled = Math.round((done / total) * width);
  process.stderr.write(
    `\r\u001b[K[${'█'.repeat(filled)}${'·'.repeat(width - filled)}] ${done}/${total} ${what}`,
  );
};

/** Everything goes the whole way here, but for what must be refused. */
const wayOf = (entry: Entry): Entry['until'] => (entry.until === 'stopped' ? 'stopped' : 'published');

const takeAll = async (staff: Staff, base: string): Promise<Line[]> => {
  const lines: Line[] = [];
  for (const [index, entry] of programme.entries()) {
    const name = entry.files[0] ?? '';
    const started = performance.now();
    const view = await carry(staff, entry, wayOf(entry), (what) =>
      bar(index, programme.length, `${what} ${name}`),
    );
    const last = await staff.jingban.view(view.item.id);
    lines.push(lineOf(last, base, Math.round(performance.now() - started) / 1000));
    bar(index + 1, programme.length, name);
  }
  if (process.stderr.isTTY) process.stderr.write('\n');
  return lines;
};

/** An office of its own on this machine, gone afterwards. */
const here = async (data: string): Promise<Line[]> => {
  const host = await openHost(data, { port: 0 });
  try {
    const people = await foundStaff(host.office, data);
    const running = await run(
      host,
      jsonLog((line) => (line.includes('"level":"error"') ? process.stderr.write(`${line}\n`) : undefined)),
    );
    host.machines.warm();
    try {
      return await takeAll(await signedIn(running.address, people, running.site), running.address);
    } finally {
      await running.stop();
    }
  } finally {
    await host.close();
  }
};

export const demo: Command = {
  name: 'demo',
  usage: 'demo [--keep] | demo --server URL --people demonstration.json',
  zh: '不用浏览器，把真实单位的文件走完全程（分别以经办、初审、复核、主要负责人登录）；也可对着另一处正在运行的演示',
  en: "takes real offices' documents the whole way without a browser, signed in as four different people; here or at a demonstration that runs elsewhere",
  options: { keep: { type: 'boolean' }, server: { type: 'string' }, people: { type: 'string' } },
  run: async (given) => {
    const server = given.value('server');
    const people = given.value('people');
    if ((server === undefined) !== (people === undefined)) throw new WrongUse('--server URL --people FILE');
    const data = given.value('data') ?? mkdtempSync(join(tmpdir(), 'gongkai-demo-'));
    try {
      const lines =
        server === undefined || people === undefined
          ? await here(data)
          : await takeAll(await signedIn(server, readCredentials(people)), server);
      const wrong = programme.filter((entry, index) => (lines[index]?.state ?? '') !== wayOf(entry));
      given.say({ ok: wrong.length === 0, documents: lines }, [
        ...table(lines),
        '',
        ...lines
          .filter(({ where }) => where.startsWith('http'))
          .slice(0, 3)
          .map(({ where }) => where),
        wrong.length === 0
          ? `${lines.length} 件全部按预期办结。/ all as expected.`
          : `${wrong.length} 件没有按预期办结。/ not as expected.`,
      ]);
      return wrong.length === 0 ? 0 : 1;
    } finally {
      if (!given.flag('keep') && given.value('data') === undefined)
        rmSync(data, { recursive: true, force: true });
    }
  },
};
