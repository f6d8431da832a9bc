import type {
  Box,
  Examination,
  Finding,
  Inspection,
  OfficeWords,
  Place,
  PlacesAsked,
  Proof,
  ProofAsked,
  RecognisedPage,
  Refusal,
  Result,
  WidenedBox,
} from '@gongkai/core';
import { noWords, ok } from '@gongkai/core';
import { widenBoxes } from './cover/index.ts';
import { examine } from './intake/examine.ts';
import { engine } from './pdf/engine.ts';
import { findPattern } from './pdf/find-pattern.ts';
import { findWords } from './pdf/find-words.ts';
import { inspectPdf } from './pdf/inspect-pdf.ts';
import { tableColumn } from './pdf/table-column.ts';
import { prove } from './proof/index.ts';
import { proveOfd } from './proof/ofd.ts';
import { withOfficeWords } from './text/office-words.ts';
import { inspectText } from './text/search-text.ts';

export type InspectJob =
  | {
      readonly task: 'examine';
      readonly path: string;
      readonly name: string;
      readonly limitBytes?: number;
      readonly words?: OfficeWords;
    }
  | {
      readonly task: 'inspect';
      readonly path: string;
      readonly maxPages?: number;
      readonly words?: OfficeWords;
    }
  | {
      readonly task: 'locate';
      readonly path: string;
      readonly asked: PlacesAsked;
      readonly pages?: readonly RecognisedPage[];
    }
  | {
      readonly task: 'widen';
      readonly path: string;
      readonly boxes: readonly Box[];
      readonly pages?: readonly RecognisedPage[];
    }
  | {
      readonly task: 'prove';
      readonly pages: string;
      readonly release: string;
      readonly asked: ProofAsked;
    }
  | {
      readonly task: 'prove-ofd';
      readonly pages: string;
      readonly release: string;
      readonly ofd: string;
      readonly drawn: string;
      readonly asked: ProofAsked;
    }
  | { readonly task: 'text'; readonly text: string; readonly part: string; readonly words?: OfficeWords };

export type InspectAnswer = Result<
  | Examination
  | Inspection
  | readonly Finding[]
  | readonly Place[]
  | readonly WidenedBox[]
  | Proof
  | undefined,
  Refusal
>;

/** What the cage's child process runs: one job, one answer. Throws only for bugs and broken machines. */
export const handle = async (job: InspectJob): Promise<InspectAnswer> => {
  switch (job.task) {
    case 'examine':
      return withOfficeWords(job.words ?? noWords, () => examine(job));
    case 'inspect':
      return withOfficeWords(job.words ?? noWords, () => inspectPdf(job));
    case 'locate':
      if ('words' in job.asked) return findWords(job.path, job.asked.words, job.pages);
      if ('column' in job.asked) return tableColumn(job.path, job.asked.column, job.pages);
      return findPattern(job.path, job.asked, job.pages);
    case 'widen':
      return widenBoxes(job.path, job.boxes, job.pages);
    case 'prove':
      return prove(job.pages, job.release, job.asked);
    case 'prove-ofd':
      return proveOfd(job);
    case 'text':
      return withOfficeWords(job.words ?? noWords, async () => ok(inspectText(job.text, job.part)));
  }
};

/** Compiles pdfium before the first job arrives. */
export const warm = async (): Promise<void> => {
  await engine();
};
