import { type Finding, type Inspection, readable } from '@gongkai/core';
import { distinct, makeFinding } from '../finding.ts';
import type { Differing } from './glyphs.ts';
import type { Recognised, Unread } from './recognise.ts';

export type { Differing } from './glyphs.ts';
export type { Recognised } from './recognise.ts';

const told = (rule: string) => (found: Finding) => found.kind === 'not-searched' && found.rule === rule;

/** The pages of an inspection that no machine has read: whole pages, and pictures beside text. */
export const unreadPages = ({ findings }: Inspection): readonly Unread[] => {
  const whole = findings.filter(told('not-searched')).flatMap(({ boxes }) => boxes);
  const pictures = ['picture-not-searched', 'outlines-not-searched'].flatMap((rule) =>
    findings.filter(told(rule)).flatMap(({ boxes }) => boxes),
  );
  // Where a font lies, what is drawn is read: the detectors see what a person sees.
  const lying = findings.filter(told('text-differs')).flatMap(({ boxes }) => boxes);
  const wholes = new Set([...whole, ...lying].map(({ page }) => page));
  return [
    ...[...wholes].map((page) => ({ page, pictures: [] })),
    ...[...new Set(pictures.map(({ page }) => page))]
      .filter((page) => !wholes.has(page))
      .map((page) => ({
        page,
        pictures: pictures.filter((box) => box.page === page),
      })),
  ];
};

/** The same inspection with fonts that lie; where nobody could compare all of them, nobody says that they do not. */
export const withDiffering = (inspection: Inspection, differing: Differing | undefined): Inspection => ({
  ...inspection,
  findings: distinct([
    ...inspection.findings,
    ...(differing?.findings ?? []),
    ...(differing?.complete ? [] : [notCompared(inspection)]),
  ]),
});

const notCompared = ({ pages }: Inspection): Finding =>
  makeFinding({
    kind: 'not-searched',
    severity: 'medium',
    rule: 'text-not-compared',
    sure: 0.5,
    text: '文字与字形未比对 / text and glyphs not compared',
    boxes: pages.slice(0, 1).map(({ page, width, height }) => ({ page, x: 0, y: 0, width, height })),
    why: {
      zh: '机器没能比对字体里记的文字与画出来的字（文字识别不能用或超时）：请人抽看各页文字能否照原样复制。',
      en: 'No machine could compare what the fonts say with what they draw (recognition failed or took too long): a person must look.',
    },
  });

const beforeReading = new Set(['not-searched', 'picture-not-searched', 'outlines-not-searched']);

/** What stands instead when all of it was read. The text stays: the gate compares it with the release (gate.ts). */
const instead = (found: Finding, read: ReadonlyMap<number, Recognised>): Finding => {
  if (!beforeReading.has(found.rule)) return found;
  const pages = [...new Set(found.boxes.map(({ page }) => page))];
  const whole = found.rule === 'not-searched';
  const isRead = (page: number): boolean => {
    const own = read.get(page);
    if (own === undefined) return false;
    // A photograph beside text may have no letters; a page without any, and what looks like letters, must be looked at.
    return own.characters === 0 ? found.rule === 'picture-not-searched' : own.sure >= readable;
  };
  const unread = pages.filter((page) => !isRead(page));
  const { id: _, ...rest } = found;
  if (unread.length > 0)
    return makeFinding({
      ...rest,
      why: {
        zh: `这些页是图片，第 ${unread.slice(0, 40).join('、')} 页的文字机器没有认出或没有把握，须由人逐页查看。`,
        en: `These pages are pictures; what is written on ${unread.slice(0, 40).join(', ')} was not read, or only guessed. A person must look.`,
      },
    });
  return makeFinding({
    ...rest,
    rule: whole ? 'recognised' : 'picture-recognised',
    severity: whole ? 'medium' : 'low',
    sure: Math.min(...pages.map((page) => read.get(page)?.sure || 1)),
    why: {
      zh: '这些页的文字由机器从图片中识别，并已检查；识别可能有误，请人看一眼。',
      en: 'The text of these pages was recognised from pictures and searched; recognition errs, so look at them.',
    },
  });
};

/** An inspection with what was recognised: texts, findings, and what still nobody has read. */
export const withRecognised = (inspection: Inspection, recognised: readonly Recognised[]): Inspection => {
  if (recognised.length === 0) return inspection;
  const read = new Map(recognised.map((one) => [one.page, one]));
  return {
    ...inspection,
    pages: inspection.pages.map((page) => {
      const own = read.get(page.page);
      const text = own?.text.trim() ?? '';
      if (own === undefined || text === '') return page;
      return {
        ...page,
        text: page.text === '' ? text : `${page.text}\n${text}`,
        recognised: [...own.letters],
        recognition: {
          sure: own.sure,
          weak: own.weak,
          ...(own.turned === undefined ? {} : { turned: own.turned }),
        },
      };
    }),
    findings: distinct([
      ...inspection.findings.map((found) => (found.kind === 'not-searched' ? instead(found, read) : found)),
      ...recognised.flatMap(({ findings }) => findings),
    ]),
  };
};
