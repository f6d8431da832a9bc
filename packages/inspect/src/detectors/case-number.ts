import { occurrences } from '../text/occurrences.ts';
import type { Detector, Match } from './detector.ts';

/** （2023）辽0521刑初123号 (法〔2015〕137号), （2012）本民一初字第00123号 before 2016. */
const court =
  /[([〔][ ]?(?:19|20)\d{2}[ ]?[)\]〕][ \n]?[\u3400-\u9fff]{1,5}[ ]?\d{0,5}[ ]?(?:[民刑行执赔破知商财清强认][\u3400-\u9fff]{0,3}(?:初|终|再|监|申|抗|督|保|异|复|恢|更|辖|字)?)[ ]?(?:字[ ]?第?)?[ ]?第?[ ]?(?:\d[ \n]?){1,6}号/g;
/** 本公（刑）立字〔2023〕123号, 溪公治受案字[2023]第5号, 辽检刑诉〔2023〕12号. */
const police =
  /[\u3400-\u9fff]{1,6}(?:公|检|监|纪)[ ]?[(]?[\u3400-\u9fff]{0,4}[)]?[ ]?(?:立案?|受案?|拘|刑拘|捕|诉|刑诉|起诉|侦|罚决|行罚决|行罚|强戒|社戒|不诉|留置|案)[ ]?(?:字)?[ ]?[([〔]?(?:19|20)\d{2}[)\]〕]?[ ]?第?[ ]?(?:\d[ \n]?){1,6}号/g;
/** Decisions that are published as such (条例 art. 20(6)). */
const punished = /罚决|行罚/;

/** 案号: with it the whole file of a person is found. */
export const caseNumber: Detector = {
  rule: 'case-number',
  kind: 'case-number',
  severity: 'medium',
  why: {
    zh: '案号可以查到具体的案件和当事人；行政执法案卷、未结案件不予公开（政府信息公开条例第十五条、第十六条）。',
    en: 'A case number leads to the case and its people (OGI Regulations, arts. 15, 16).',
  },
  together: true,
  detect: ({ text }) =>
    [court, police].flatMap((pattern) =>
      occurrences(text, pattern, (match): Match => {
        const place = { start: match.index, end: match.index + match[0].length, sure: 0.85 };
        return punished.test(match[0]) ? { ...place, severity: 'low' } : place;
      }),
    ),
};
