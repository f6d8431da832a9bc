import type { FindingKind, Severity } from '@gongkai/core';
import type { NormalisedText } from '../text/normalised-text.ts';

/** A place in the normalised text. Indexes count UTF-16 units of `NormalisedText.text`. */
export type Match = {
  readonly start: number;
  readonly end: number;
  /** 0 to 1. */
  readonly sure: number;
  /** Where it differs from the detector's own, e.g. an office's mail address is only `low`. */
  readonly kind?: FindingKind;
  readonly severity?: Severity;
  /** What the finding says, where the text between `start` and `end` would say too much (a whole table). */
  readonly words?: string;
};

export type Detector = {
  readonly rule: string;
  readonly kind: FindingKind;
  readonly severity: Severity;
  readonly why: { readonly zh: string; readonly en: string };
  /** What is `low` becomes one finding a page instead of one a place: it is only worth a glance. */
  readonly together?: boolean;
  readonly detect: (text: NormalisedText) => Match[];
};
