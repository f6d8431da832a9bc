import type { Detector } from './detector.ts';
import { secrecyLevels } from './secrecy-level.ts';

const aboutThisDocument =
  /(?:本|该|此)(?:文件|件|文|通知|资料|材料|报告)(?:属于|属|为|系|是)(?:国家)?(?:绝密|机密|秘密|涉密)|涉密文件|密件(?!人)|请(?:妥善)?保密|注意保密|阅后(?:即焚|退回|销毁)/g;

/** A text that talks about secrets without being marked: a glance, unless it calls itself one. */
export const secrecyProse: Detector = {
  rule: 'secrecy-prose',
  kind: 'secrecy-prose',
  severity: 'low',
  why: {
    zh: '文中谈到秘密，请确认只是论述、不是涉密内容（保守国家秘密法第三十五条）。',
    en: 'The text talks about secrets; make sure that it only talks about them (Secrets Law, art. 35).',
  },
  together: true,
  detect: (text) => [
    ...secrecyLevels(text).flatMap(({ start, end, use, sure }) => {
      if (use === 'quoted-mark') return [{ start, end, sure, severity: 'high' as const }];
      return use === 'prose' ? [{ start, end, sure }] : [];
    }),
    ...[...text.text.matchAll(aboutThisDocument)].map((match) => ({
      start: match.index,
      end: match.index + match[0].length,
      sure: 0.7,
      severity: 'medium' as const,
    })),
  ],
};
