import { around, occurrences } from '../text/occurrences.ts';
import { digits, gap, notBeforeDigit } from '../text/spaced-digits.ts';
import type { Detector, Match } from './detector.ts';

const said = '(?:号码?|账号|帐号|ID|群号?)?[ \\n]?[:]?[ \\n]?';
const qq = new RegExp(
  `(?<![A-Za-z@])(?:QQ|扣扣|企鹅号)[ ]?${said}[1-9](?:${gap}${digits(4)})(?:${gap}\\d){0,6}${notBeforeDigit}`,
  'gi',
);
const weChat = new RegExp(
  `(?:微[ \\n]?信|wechat|weixin|VX|V信)[ ]?${said}(?=[A-Za-z])[A-Za-z](?:[\\w-]){5,19}(?![\\w@.-])`,
  'gi',
);
/** 公众号, an office's own group: meant for the public. */
const official = /公众号|订阅号|服务号|视频号|小程序|官方|咨询群|服务群/;

/** 微信号、QQ号. A mobile number used as one is found as the number. */
export const socialAccount: Detector = {
  rule: 'social-account',
  kind: 'social-account',
  severity: 'medium',
  why: {
    zh: '微信号、QQ号多属个人，公开前请确认是否为单位账号（政府信息公开条例第十五条）。',
    en: 'A WeChat or QQ account mostly belongs to a person (OGI Regulations, art. 15).',
  },
  detect: ({ text }) =>
    [qq, weChat].flatMap((pattern) =>
      occurrences(text, pattern, (match): Match => {
        const end = match.index + match[0].length;
        const place = { start: match.index, end, sure: 0.85 };
        return official.test(match[0] + around(text, match.index, match.index, 8))
          ? { ...place, severity: 'low' }
          : place;
      }),
    ),
};
