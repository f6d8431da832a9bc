import type { Finding, FindingKind, Severity } from '@gongkai/core';
import { makeFinding } from '../finding.ts';
import { innerPage, normalise } from '../text/normalised-text.ts';
import { searchText } from '../text/search-text.ts';

export type Told = {
  readonly kind: FindingKind;
  readonly severity: Severity;
  readonly rule: string;
  readonly text: string;
  readonly part: string;
  readonly removedByRender?: boolean;
};

const whys: Readonly<Record<string, { zh: string; en: string }>> = {
  'tracked-change': {
    zh: '有未接受或拒绝的修订，删去的文字仍在文件里，转换时可能印出。请先在原软件中处理修订，或逐一答复。',
    en: 'Tracked changes are unresolved: deleted text is still in the file and may be printed. Resolve them first, or answer each.',
  },
  comment: {
    zh: '有批注，不应随文件公开。',
    en: 'There are comments, which should not go public with the file.',
  },
  'word-art': {
    zh: '艺术字或水印里的字：转换后成为图形，文字检索不到，已在这里检查。',
    en: 'Letters of WordArt or a watermark: conversion makes shapes of them that no search reads, so they were searched here.',
  },
  'hidden-text': { zh: '有隐藏文字。', en: 'There is hidden text.' },
  'hidden-sheet': {
    zh: '有隐藏的工作表、幻灯片或缓存数据，公开前须确认。',
    en: 'A hidden sheet, slide or data cache; make sure what is in it.',
  },
  'hidden-rows-columns': { zh: '有隐藏的行或列。', en: 'There are hidden rows or columns.' },
  'speaker-notes': { zh: '有演讲者备注。', en: 'There are speaker notes.' },
  metadata: {
    zh: '文件属性中的信息（作者、单位、软件等）不属于正文，转换后不会保留。',
    en: 'Properties of the file (author, office, program) are not part of the text; conversion drops them.',
  },
  'external-link': { zh: '有指向外部的链接。', en: 'There is a link to the outside.' },
  'active-content': { zh: '有会被执行的内容。', en: 'There is something that would be executed.' },
  signature: {
    zh: '文件带有数字签名。转换后原签名失效，请留存原件。',
    en: 'The file is digitally signed. Conversion makes a new file without that signature; the original is kept.',
  },
  attachment: { zh: '文件中带有其他对象。', en: 'The file carries another object.' },
};

/** The reviewer needs no more to send it back. */
const mostFindings = 2_000;

/** Collects what the parts of a file tell, and lets the text detectors read what a page would not show. */
export class Collected {
  readonly #findings: Finding[] = [];
  readonly #links = new Set<string>();
  #count = 0;

  /** Links to the web: a document may have hundreds, they become one finding. */
  link(target: string): void {
    if (this.#links.size < 500) this.#links.add(target);
  }

  all(): Finding[] {
    if (this.#links.size > 0) {
      const text = [...this.#links].join('\n');
      this.#links.clear();
      this.add({ kind: 'external-link', severity: 'low', rule: 'office-link', text, part: 'hyperlinks' });
    }
    return this.#findings;
  }

  /** What another reader has found. */
  take(findings: readonly Finding[]): void {
    this.#count += findings.length;
    if (this.#count <= mostFindings) this.#findings.push(...findings);
  }

  add(told: Told): void {
    const text = told.text.replace(/\s+/g, ' ').trim();
    this.#count += 1;
    if (this.#count > mostFindings) return;
    const why = whys[told.rule] ?? whys[told.kind] ?? { zh: '请确认。', en: 'Please look at it.' };
    const removedByRender = told.removedByRender ?? false;
    this.#findings.push(
      makeFinding({
        ...told,
        text: text === '' ? '—' : text,
        sure: 1,
        why,
        removedByRender,
        ordinal: this.#count,
      }),
      ...searchText(normalise(told.text, innerPage), told.part).map((found) => ({
        ...found,
        removedByRender,
      })),
    );
  }
}
