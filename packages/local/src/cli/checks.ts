import { chinaCalendar, localDate } from '@gongkai/core';
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
