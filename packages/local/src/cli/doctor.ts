import { existsSync, mkdtempSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { noWords } from '@gongkai/core';
import { kernelIsolation } from '@gongkai/embedded';
import { fontFiles, substitutions } from '@gongkai/render/fonts';
import { dataFolder, home, readConfiguration } from '../configuration.ts';
import { isBegun } from '../office-files.ts';
import { address, type Check, calendar, provider, sayChecks, scanner, signing } from './checks.ts';
import type { Command } from './command.ts';
import { withLooseFiles } from './loose-files.ts';

const scan = join(home, 'packages/local/documents/made/14 学区领导分工（扫描件）.png');

const converter = async (ownFonts?: string): Promise<Check> => {
  const folder = mkdtempSync(join(tmpdir(), 'gongkai-doctor-'));
  const path = join(folder, '自检.rtf');
  writeFileSync(path, '{\\rtf1\\ansi\\ansicpg936 \\u20844?\\u24320? doctor}');
  const started = performance.now();
  try {
    const pages = await withLooseFiles(
      async (machines, put) => {
        const done = await machines.converter.convert(await put(path), 'rtf', '自检.rtf');
        return done.ok ? done.value.pages : done.error.code;
      },
      'default',
      ownFonts,
    );
    const ms = Math.round(performance.now() - started);
    return typeof pages === 'number'
      ? {
          name: 'converter',
          state: 'ok',
          zh: 'LibreOffice（WebAssembly）可用',
          en: 'LibreOffice (WebAssembly) works',
          ms,
        }
      : {
          name: 'converter',
          state: 'missing',
          zh: `文档转换失败：${pages}`,
          en: `conversion failed: ${pages}`,
        };
  } catch (cause) {
    return {
      name: 'converter',
      state: 'missing',
      zh: `文档转换器不能启动：${String(cause)}`,
      en: `the converter does not start: ${String(cause)}`,
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

/** Reads a scan that comes with the product. */
const recognition = async (): Promise<Check> => {
  const started = performance.now();
  try {
    const read = await withLooseFiles(async ({ converter, inspector }, put) => {
      const pdf = await converter.convert(await put(scan), 'png', 'scan.png');
      const seen = pdf.ok ? await inspector.inspect(pdf.value.pdf, noWords) : pdf;
      return seen.ok && seen.value.pages.some(({ text }) => text !== '');
    }, 'default');
    const ms = Math.round(performance.now() - started);
    if (read)
      return {
        name: 'ocr',
        state: 'ok',
        zh: '文字识别（简体、繁体）可用',
        en: 'recognition of simplified and traditional Chinese works',
        ms,
      };
  } catch {
    // Said below: whatever keeps it from reading, a person must look.
  }
  return {
    name: 'ocr',
    state: 'limited',
    zh: '文字识别不能用：扫描件标为“未检索”，须由人逐页查看',
    en: 'recognition does not work: scans are marked “not searched” and a person must look',
  };
};

const cage = (): Check => {
  const kernel = kernelIsolation().includes('unshare');
  return kernel
    ? {
        name: 'cage',
        state: 'ok',
        zh: '处理文件的进程没有网络（内核隔离）',
        en: 'workers have no network (kernel namespace)',
      }
    : {
        name: 'cage',
        state: 'limited',
        zh: '处理文件的进程没有网络（Node 权限模型；本机不能用内核隔离）',
        en: "workers have no network (Node's permission model; no kernel namespace on this machine)",
      };
};

const clock = (): Check => {
  const year = new Date().getUTCFullYear();
  return year >= 2026
    ? {
        name: 'clock',
        state: 'ok',
        zh: `系统时间 ${new Date().toISOString()}`,
        en: `system time ${new Date().toISOString()}`,
      }
    : {
        name: 'clock',
        state: 'missing',
        zh: '系统时间明显不对，期限会算错',
        en: 'the system time is plainly wrong: every deadline would be',
      };
};

const disk = (folder: string): Check => {
  const { bavail, bsize } = statfsSync(existsSync(folder) ? folder : tmpdir());
  const gb = Math.floor((bavail * bsize) / 1e9);
  return gb >= 5
    ? { name: 'disk', state: 'ok', zh: `剩余 ${gb} GB`, en: `${gb} GB free` }
    : { name: 'disk', state: 'limited', zh: `只剩 ${gb} GB`, en: `only ${gb} GB free` };
};

const fonts = (own?: string): Check[] =>
  substitutions(fontFiles(own)).map(({ zh, en }) => ({ name: 'fonts', state: 'limited' as const, zh, en }));

export const doctor: Command = {
  name: 'doctor',
  usage: 'doctor',
  zh: '说明这台机器能做什么、不能做什么',
  en: 'tells what this machine can and cannot do',
  run: async (given) => {
    const data = dataFolder(given.value('data'));
    const settings = readConfiguration(data);
    const checks: Check[] = [
      { name: 'node', state: 'ok', zh: `Node ${process.version}`, en: `Node ${process.version}` },
      isBegun(data)
        ? {
            name: 'office',
            state: 'ok',
            zh: `${data}（政策 ${settings.policy}）`,
            en: `${data} (policy ${settings.policy})`,
          }
        : {
            name: 'office',
            state: 'missing',
            zh: `${data} 里还没有单位：gongkai init`,
            en: `no office in ${data} yet: gongkai init`,
          },
      address(settings),
      await converter(settings.fonts),
      ...fonts(settings.fonts),
      await recognition(),
      await scanner(),
      ...(settings.oidc === undefined
        ? []
        : [
            await provider(
              settings.oidc.issuer,
              `${settings.publicUrl ?? `http://${settings.host}:${settings.port}`}/console/oidc`,
            ),
          ]),
      await signing(settings.signing),
      cage(),
      calendar(),
      clock(),
      disk(data),
    ];
    sayChecks(given, checks);
    // Without these the main job does not run at all.
    const broken = checks.some(
      ({ name, state }) => state === 'missing' && (name === 'converter' || name === 'clock'),
    );
    return broken ? 3 : 0;
  },
};
