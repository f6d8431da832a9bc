import { occurrences } from '../text/occurrences.ts';
import { digits, notAfterDigit, notBeforeDigit } from '../text/spaced-digits.ts';
import { labelled } from '../text/words.ts';
import type { Detector } from './detector.ts';

/** 档案编号: 12 digits, beginning with the region. The licence's own number is the resident ID and is found as such. */
const pattern = new RegExp(`${notAfterDigit}(?=[1-8])${digits(12)}${notBeforeDigit}`, 'g');
const label = /驾驶证|驾照|行驶证|驾驶人档案|准驾车型|驾驶执照/;

/** 机动车驾驶证档案编号. */
export const drivingLicence: Detector = {
  rule: 'driving-licence',
  kind: 'driving-licence',
  severity: 'high',
  why: {
    zh: '驾驶证档案编号是个人证件信息，不应公开（政府信息公开条例第十五条）。',
    en: 'The file number of a driving licence identifies a person (OGI Regulations, art. 15).',
  },
  detect: ({ text }) =>
    occurrences(text, pattern, (match) => {
      const said = labelled(text, match.index, label, 60);
      return said
        ? { start: match.index, end: match.index + match[0].length, sure: said === 'near' ? 0.85 : 0.6 }
        : undefined;
    }),
};
