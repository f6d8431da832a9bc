import type { Office } from '../commands/office.ts';
import type { Instant, Message, WaitingMessage } from '../ports/index.ts';
import { refusal, refusalCode, sentence } from '../refusal/index.ts';

type Sentence = { readonly zh: string; readonly en: string };

/** What the machines' own errors mean to the person who waits. The first that fits; the error itself is told beside it. */
const meanings: readonly (readonly [RegExp, zh: string, en: string])[] = [
  [
    /has lost |no blob |the answer .* is gone/,
    '存储中找不到该文件的内容，请从备份恢复。',
    "The file's bytes are not in the storage. Bring them back from a backup.",
  ],
  [
    /^(worker crashed|the worker died)/,
    '处理该文件的进程中途退出（可能超时或内存不足）。文件没有丢失。',
    'The process that worked on this file ended half-way (time or memory). Nothing is lost.',
  ],
  [
    /^machines: |ECONNREFUSED|ETIMEDOUT|ECONNRESET|TimeoutError|Task timed out/,
    '文档处理机（转换、检查、制作）没有应答。',
    'The machines (conversion, inspection, rendering) did not answer.',
  ],
  [
    /throttl|ProvisionedThroughput|SlowDown|TooManyRequests|ServiceUnavailable|RequestLimitExceeded|503/i,
    '数据库或存储繁忙，暂时拒绝请求。',
    'The database or the storage is too busy and turned the request away.',
  ],
  [
    /AccessDenied|not authorized|EACCES/i,
    '系统没有所需的权限，请管理员检查。',
    'The system lacks a right that it needs: for the administrator.',
  ],
  [/ENOSPC|EDQUOT/, '磁盘已满，请管理员清理。', 'The disk is full: for the administrator.'],
  [
    /^retain |^destroy /,
    '存储没有接受保存或销毁的指令。',
    'The storage did not take the order to keep or to destroy.',
  ],
];

const broke: Sentence = {
  zh: '这一步出错，请把下面的错误信息告诉管理员。',
  en: 'This step broke. Tell the administrator the error beside it.',
};
const unsent: Sentence = {
  zh: '通知没有送达，请检查邮件服务器或推送地址。',
  en: 'The notice was not delivered: see to the mail server or the webhook.',
};

/** Why a step failed, in plain words: a refusal's own sentence where the error is one. */
export const whyFailed = (station: Message['type'], error: string): Sentence => {
  const code = refusalCode.safeParse(error);
  if (code.success) return sentence(refusal(code.data));
  const known = meanings.find(([pattern]) => pattern.test(error));
  if (known) return { zh: known[1], en: known[2] };
  return station === 'notify' ? unsent : broke;
};

/** Nobody asks why before this long. */
const patienceMs = 120_000;

export type Held = {
  readonly message: Message;
  readonly attempts: number;
  readonly since: Instant;
  /** When it is tried again; absent while it is being worked on, or its turn is now. */
  readonly nextAt?: Instant;
  readonly lastError?: string;
  readonly why: Sentence;
};

const whyHeld = ({ message, inHand, lastError }: WaitingMessage): Sentence => {
  if (lastError !== undefined) return whyFailed(message.type, lastError);
  return inHand
    ? { zh: '正在处理，时间较长。', en: 'Being worked on, for long.' }
    : {
        zh: '排队等待处理：前面的文件较多，或处理程序没有运行。',
        en: 'Waits for its turn: there is much before it, or no worker is running.',
      };
};

/** What should be done by now and is not: steps that failed and are tried again, and steps that nobody has come to. */
export const heldOf = async (
  { queue, clock }: Pick<Office, 'queue' | 'clock'>,
  limit = 200,
): Promise<readonly Held[]> => {
  const now = clock.now();
  const late = new Date(Date.parse(now) - patienceMs).toISOString();
  return (await queue.waiting(limit))
    .filter(
      // What was meant for later from the beginning is not late.
      ({ lastError, enqueuedAt, visibleAt, inHand }) =>
        lastError !== undefined || (enqueuedAt < late && (inHand || visibleAt <= now)),
    )
    .map((one) => ({
      message: one.message,
      attempts: one.attempts,
      since: one.enqueuedAt,
      ...(one.inHand || one.visibleAt <= now ? {} : { nextAt: one.visibleAt }),
      ...(one.lastError === undefined ? {} : { lastError: one.lastError }),
      why: whyHeld(one),
    }));
};
