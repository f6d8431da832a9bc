import type { Box, Finding, PageText, SignOff } from '@gongkai/core';
import { makeFinding } from '../finding.ts';
import { readableText } from '../text/normalised-text.ts';
import { searchText } from '../text/search-text.ts';
import { actualText, type Replaced, readReplaced } from './actual-text.ts';
import { readAnnotations } from './annotations.ts';
import { draw } from './drawing.ts';
import type { PdfDocument } from './engine.ts';
import { facesOn } from './faces.ts';
import { area, displayMatrix, lineBoxes, overlap, type Rectangle } from './geometry.ts';
import { hiddenFindings } from './hidden-findings.ts';
import { hiddenText } from './hidden-text.ts';
import { outlinedText } from './outlines.ts';
import { readCharacters } from './page-characters.ts';
import { readObjects } from './page-objects.ts';
import { placedText } from './placed-text.ts';
import { signOffsOn } from './sign-off.ts';

export type PageInspection = {
  readonly text: PageText;
  readonly findings: readonly Finding[];
  /** Nothing readable, although something is drawn: this page was not searched. */
  readonly notSearched: boolean;
  /** Pictures with room for text, on a page that was searched. */
  readonly pictures: readonly Box[];
  /** Where letters seem to be drawn as outlines, on a page that was searched. */
  readonly outlines: readonly Box[];
  /** The page is a picture with unseen recognised text over it. */
  readonly ocrLayer: boolean;
  /** There are pictures on it. */
  readonly pictured: boolean;
  readonly signOffs: readonly SignOff[];
};

/** So few characters on a page that is a picture are its stamp or page number, not its text. */
const fewCharacters = 40;
const mostlyPicture = 0.5;
/** Share of the page that a picture must take to hold text that matters: a seal or a crest takes less. */
const roomForText = 0.08;

/** @param number 1-based. Undefined when pdfium cannot load the page. */
export const inspectPage = (
  document: PdfDocument,
  number: number,
  layers: boolean,
  searchFaces: boolean,
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

    const { typed, normalised, locate } = placedText(number, characters);
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
    const notSearched =
      (letters === 0 && (objects.painted.length > 0 || annotations.over.length > 0)) ||
      (letters < fewCharacters && pictured > mostlyPicture);
    const ocrLayer = runs.some(({ hiding }) => hiding === 'ocr-layer');
    const large = pictures
      .map(({ box }) => box)
      .filter((box) => overlap(box, pageBox) > roomForText * width * height);
    const boxesOf = (places: readonly Rectangle[]): Box[] =>
      places.map(({ left, top, right, bottom }) => ({
        page: number,
        x: left,
        y: top,
        width: right - left,
        height: bottom - top,
      }));
    const faces = searchFaces ? facesOn(engine, { handle: page, width, height }, pictures) : undefined;
    const replaced = readReplaced(engine, page, display, objects.texts.keys());
    return {
      text: { page: number, width, height, text: readableText(normalised, typed) },
      findings: [
        ...searchText(normalised, undefined, locate),
        ...hiddenFindings(number, characters, runs),
        ...unapplied,
        ...annotations.findings,
        ...(faces ?? []).map((face) => faceFinding(boxesOf([face]))),
        ...(replaced === undefined ? [] : replacedFindings(replaced, number)),
      ],
      notSearched,
      pictures: notSearched || ocrLayer ? [] : boxesOf(large),
      outlines: notSearched ? [] : boxesOf(outlinedText(objects.contours)),
      ocrLayer,
      pictured: pictures.length > 0,
      signOffs: signOffsOn(number, characters, () => draw(engine, page, width, height, true, 1)),
    };
  } finally {
    api.FPDF_ClosePage(page);
  }
};

/** What is said in place of what is drawn, and what the detectors see in what is drawn. */
const replacedFindings = (replaced: Replaced, page: number): Finding[] => {
  const { normalised, locate } = placedText(page, replaced.drawn);
  return [...actualText(replaced, page), ...searchText(normalised, undefined, locate)];
};

const faceFinding = (boxes: readonly Box[]): Finding =>
  makeFinding({
    kind: 'face',
    severity: 'low',
    rule: 'face',
    sure: 0.7,
    text: '人脸 / face',
    boxes,
    why: {
      zh: '图片里好像有人的正面像。个人肖像属于个人信息，公开前请看一眼是否需要遮盖（条例第十五条）。',
      en: 'A face seems to be in the picture. A portrait is personal data: look whether it must be covered (OGI Regulations, Art. 15).',
    },
  });

const unappliedFinding = (text: string, boxes: readonly Box[]): Finding =>
  makeFinding({
    kind: 'covered-text',
    severity: 'high',
    rule: 'unapplied-redaction',
    sure: 1,
    text,
    boxes,
    why: {
      zh: '标了密文遮盖但没有应用，原文仍在文件里；出件时标记会去掉，原文就会露出来。不能公开的请遮盖。',
      en: 'Marked for redaction, but the mark was never applied: the text is still in the file, and rendering takes the mark off. Redact what must not be read.',
    },
  });
