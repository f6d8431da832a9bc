import { fileURLToPath } from 'node:url';
import { chinaCalendar, localDate } from '@gongkai/core';
import { ClamScanner, findScanProgram } from '@gongkai/embedded';
import type { Configuration } from '../configuration.ts';
import { openKeys, type SigningSettings } from '../signing/index.ts';
import type { Given } from './command.ts';

/** One thing that a doctor has looked at; `missing`: what needs it does not work. */
export type Check = {
  readonly name: string;
  readonly state: 'ok' | 'limited' | 'missing';
  readonly zh: string;
  readonly en: string;
  readonly ms?: number;
};

const mark = { ok: '✓', limited: '!', missing: '✗' } as const;

export const sayChecks = (given: Given, checks: readonly Check[]): void =>
  given.say(
    { ok: true, checks },
    checks.map(
      ({ name, state, zh, en, ms }) =>
        `${mark[state]} ${name.padEnd(10)} ${zh} / ${en}${ms === undefined ? '' : ` (${ms} ms)`}`,
    ),
  );

/** The State Council's holiday notice for the next year comes late in this one. */
export const calendar = (): Check => {
  const year = Number(localDate(new Date().toISOString()).slice(0, 4));
  const covered = chinaCalendar.covered.has(year + 1);
  return covered
    ? {
        name: 'calendar',
        state: 'ok',
        zh: `放假安排已到 ${year + 1} 年`,
        en: `holiday notices up to ${year + 1}`,
      }
    : {
        name: 'calendar',
        state: 'limited',
        zh: `${year + 1} 年放假安排尚未录入，跨年期限为暂定`,
        en: `the notice for ${year + 1} is not in: deadlines into it are provisional`,
      };
};

/** 电子签名: can the keys be used? A timestamp server is only asked when something is signed. */
export const signing = async (settings: SigningSettings | undefined): Promise<Check> => {
  const name = 'signing';
  if (settings === undefined)
    return {
      name,
      state: 'limited',
      zh: '没有配置电子签名：发布的文件不带签名（docs/operate.md）',
      en: 'no signing key is set: releases go out unsigned (docs/operate.md)',
    };
  try {
    const { key, sm2 } = await openKeys(settings);
    const kinds = [key && 'PAdES', sm2 && 'SM2'].filter((one) => one !== undefined).join(' + ');
    return { name, state: 'ok', zh: `电子签名可用：${kinds}`, en: `releases are signed: ${kinds}` };
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    return { name, state: 'missing', zh: why, en: 'nothing can be published until this is put right' };
  }
};

/** 统一身份认证: does the office's provider answer, as the one that is set, and by about the same clock? */
export const provider = async (issuer: string, redirect: string): Promise<Check> => {
  const name = 'oidc';
  const fault = (zh: string, en: string): Check => ({
    name,
    state: 'missing',
    zh: `${issuer}：${zh}`,
    en: `${issuer}: ${en}`,
  });
  try {
    const answer = await fetch(`${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`, {
      signal: AbortSignal.timeout(10_000),
    });
    if (!answer.ok)
      return fault(`发现文档回答 ${answer.status}`, `its discovery document answers ${answer.status}`);
    const { issuer: itself } = (await answer.json()) as { issuer?: unknown };
    if (itself !== issuer)
      return fault(`它自称 ${String(itself)}，与设置不符`, `calls itself ${String(itself)}, not what is set`);
    const skew = Math.round((Date.parse(answer.headers.get('date') ?? '') - Date.now()) / 1_000);
    if (Math.abs(skew) > 30)
      return fault(
        `两边的时钟相差 ${skew} 秒，登录会被拒绝`,
        `clocks are ${skew} s apart: sign-ins will be refused`,
      );
    return {
      name,
      state: 'ok',
      zh: `${issuer}；回调地址应登记为 ${redirect}`,
      en: `${issuer}; the redirect URI to register there is ${redirect}`,
    };
  } catch (cause) {
    return fault(`没有回答（${String(cause)}）`, `does not answer (${String(cause)})`);
  }
};

/** ClamAV as this machine has it; looked for along `searchPath`. */
export const scanner = async (searchPath?: string): Promise<Check> => {
  const program = await findScanProgram(searchPath);
  if (!program)
    return {
      name: 'scanner',
      state: 'missing',
      zh: '没有安装病毒扫描器；政策设为 required 时上传将等待，设为 when-installed 时不扫描',
      en: 'no virus scanner: uploads wait where the policy says required, and go unscanned where it says when-installed',
    };
  // Installed is not enough: without signatures it refuses to answer, and then nothing passes.
  const path = fileURLToPath(import.meta.url);
  const { verdict } = await new ClamScanner(program, { path: () => path }).scan({
    area: 'quarantine',
    sha256: '',
  });
  return verdict === 'clean'
    ? { name: 'scanner', state: 'ok', zh: `ClamAV：${program.path}`, en: `ClamAV: ${program.path}` }
    : {
        name: 'scanner',
        state: 'missing',
        zh: `${program.path} 已安装但不能工作（病毒库？），上传将全部等待`,
        en: `${program.path} is installed but does not work (signatures?): every upload waits`,
      };
};

/** What the start says, too: with a scanner that is there and cannot look, or one that the policy asks for, no upload gets on. */
export const uploadsWait = async (
  wanted: 'required' | 'when-installed',
  searchPath?: string,
): Promise<Check | undefined> => {
  const program = await findScanProgram(searchPath);
  if (program === undefined && wanted === 'when-installed') return undefined;
  const found = await scanner(searchPath);
  return found.state === 'ok' ? undefined : found;
};

/** Codes on paper last for years: nothing but `publicUrl` keeps them from leading to this machine alone. */
export const address = ({
  publicUrl,
  host,
  port,
}: Pick<Configuration, 'publicUrl' | 'host' | 'port'>): Check => {
  const own = `http://${host}:${port}`;
  return publicUrl === undefined
    ? {
        name: 'address',
        state: 'limited',
        zh: `没有设置 publicUrl：二维码、订阅、海报都通往 ${own}。请在首次发布前写入 gongkai.yaml`,
        en: `publicUrl is not set: QR codes, feeds and posters lead to ${own}. Write it into gongkai.yaml before the first publication`,
      }
    : { name: 'address', state: 'ok', zh: `公开网址 ${publicUrl}`, en: `public address ${publicUrl}` };
};
