import type { Detector } from './detector.ts';
import { namings } from './person.ts';

/**
 * 个人姓名, by surname and context. Officials acting in office are public by nature and only worth a glance; the office
 * adds its own people to the whitelist by their exact names.
 */
export const personName: Detector = {
  rule: 'person-name',
  kind: 'person-name',
  severity: 'medium',
  why: {
    zh: '出现个人姓名。与其身份、事由连在一起即是个人信息，公开前应隐去或取得同意（政府信息公开条例第十五条；个人信息保护法第四条）。',
    en: 'A private person is named; with what is said of them it is personal information (OGI Regulations, art. 15; PIPL, art. 4).',
  },
  together: true,
  detect: (text) =>
    namings(text).map(({ start, end, use, sure }) =>
      use === 'office' ? { start, end, sure, severity: 'low' } : { start, end, sure },
    ),
};
