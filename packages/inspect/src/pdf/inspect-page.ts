import type { Box, Finding, PageText } from '@gongkai/core';
import { makeFinding } from '../finding.ts';
import { normaliseCharacters, readableText } from '../text/normalised-text.ts';
import { searchText } from '../text/search-text.ts';
import { readAnnotations } from './annotations.ts';
import type { PdfDocument } from './engine.ts';
import { area, displayMatrix, lineBoxes, overlap } from './geometry.ts';
import { hiddenFindings } from './hidden-findings.ts';
import { hiddenText } from './hidden-text.ts';
import { readCharacters } from './page-characters.ts';
import { readObjects } from './page-objects.ts';

export type PageInspection = {
  readonly text: PageText;
  readonly findings: readonly Finding[];
  /** Nothing readable, although something is drawn: this page was not searched. */
  readonly notSearched: boolean;
  /** The page is a picture with unseen recognised text over it. */
  readonly ocrLayer: boolean;
};

/** So few characters on a page that is a picture are its stamp or page number, not its text. */
const fewCharacters = 40;
const mostlyPicture = 0.5;

/** @param number 1-based. Undefined when pdfium cannot load the page. */
export const inspectPage = (
  document: PdfDocument,
  number: number,
  layers: boolean,
): PageInspection | undefined => {
  const { engine, handle } = document;
  const { api } = engine;
  const page = api.FPDF_LoadPage(handle, number - 1);
  if (page === 0) return undefined;
  try {
    const width = api.FPDF_GetPageWidthF(page);
    const height = api.FPDF_GetPageHeightF(page);
    const display = displayMatrix(engine, page, width, height);
    const characters = readCharacters(engine, page, display);
    const objects = readObjects(engine, page, display);
    const annotations = readAnnotations(document, page, number, display);

    const typed = characters.map(({ text }) => text);
    const normalised = normaliseCharacters(typed, number);
    const locate = (start: number, end: number): Box[] => {
      const first = normalised.sourceIndex[start] ?? 0;
      const last = normalised.sourceIndex[end - 1] ?? first;
      const inked = characters
        .slice(first, last + 1)
        .filter(({ object, text }) => object !== 0 && text.trim() !== '');
      return lineBoxes(
        number,
        inked.map(({ box }) => box),
      );
    };
    const runs = hiddenText(engine, {
      handle: page,
      width,
      height,
      characters,
      objects,
      annotations: annotations.over,
      layers,
    });
    const unapplied = annotations.unapplied.flatMap((box) => {
      const beneath = characters.filter(
        ({ object, box: own }) => object !== 0 && area(own) > 0 && overlap(own, box) > area(own) / 2,
      );
      const text = beneath
        .map((character) => character.text)
        .join('')
        .trim();
      return text === ''
        ? []
        : [
            unappliedFinding(
              text,
              lineBoxes(
                number,
                beneath.map((character) => character.box),
              ),
            ),
          ];
    });

    const pictures = objects.painted.filter(({ what }) => what === 'image');
    const pageBox = { left: 0, top: 0, right: width, bottom: height };
    const pictured =
      pictures.reduce((total, { box }) => total + overlap(box, pageBox), 0) / Math.max(1, width * height);
    const letters = characters.filter(({ object, text }) => object !== 0 && text.trim() !== '').length;
    const drawn = objects.painted.length > 0 || annotations.over.length > 0;
    return {
      text: { page: number, width, height, text: readableText(normalised, typed) },
      findings: [
        ...searchText(normalised, undefined, locate),
        ...hiddenFindings(number, characters, runs),
        ...unapplied,
        ...annotations.findings,
      ],
      notSearched: (letters === 0 && drawn) || (letters < fewCharacters && pictured > mostlyPicture),
      ocrLayer: runs.some(({ hiding }) => hiding === 'ocr-layer'),
    };
  } finally {
    api.FPDF_ClosePage(page);
  }
};

const unappliedFinding = (text: string, boxes: readonly Box[]): Finding =>
  makeFinding({
    kind: 'covered-text',
    severity: 'high',
    rule: 'unapplied-redaction',
    sure: 1,
    text,
    boxes,
    why: {
      zh: '标了密文遮盖但没有应用，原文仍在文件里。',
      en: 'Marked for redaction, but the mark was never applied: the text is still in the file.',
    },
  });
