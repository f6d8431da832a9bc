import type { Detector } from './detector.ts';
import { secrecyLevels } from './secrecy-level.ts';

/** 国家秘密标志. A mark stops the document; a level word alone on a line further in asks a person. */
export const stateSecretMark: Detector = {
  rule: 'state-secret-mark',
  kind: 'state-secret-mark',
  severity: 'stop',
  why: {
    zh: '带有国家秘密标志。非涉密系统不得存储、处理国家秘密（保守国家秘密法第三十一条）。',
    en: 'Bears a state-secret marking. No state secret may be on a system that is not classified (Secrets Law, art. 31).',
  },
  detect: (text) =>
    secrecyLevels(text).flatMap(({ start, end, use, sure }) => {
      if (use === 'mark') return [{ start, end, sure }];
      if (use === 'alone') return [{ start, end, sure, severity: 'high' as const }];
      return [];
    }),
};
