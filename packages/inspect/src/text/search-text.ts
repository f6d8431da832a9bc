import { type Box, type Finding, type FindingKind, saysMore } from '@gongkai/core';
import { claimsItsPlace, type Detector, detectors, type Match } from '../detectors/index.ts';
import { distinct, makeFinding } from '../finding.ts';
import { type NormalisedText, normalise } from './normalised-text.ts';

/** Where the boxes of a match are, given its range in the normalised text. */
export type Locate = (start: number, end: number) => Box[];

/** More places of one rule in one text than this become one finding. */
const apart = 200;

const grouped = (detector: Detector, matches: readonly Match[]): Match[][] => {
  const glance = (match: Match): boolean =>
    detector.together === true && (match.severity ?? detector.severity) === 'low';
  const low = matches.filter(glance);
  const rest = matches.filter((match) => !glance(match));
  // A list of a thousand numbers is one thing to decide, and no page needs more boxes to click than this.
  const single = rest.slice(0, apart).map((match) => [match]);
  return [...single, rest.slice(apart), low].filter((group) => group.length > 0);
};

const graver: ReadonlySet<FindingKind> = new Set([...saysMore.values()].flat());

/** Where a finding that has to be answered stands: a mere glance must not silence what is graver than itself. */
const placesOf = (length: number, detector: Detector, matches: readonly Match[]): Uint8Array => {
  const places = new Uint8Array(length);
  for (const { start, end, severity } of matches)
    if ((severity ?? detector.severity) !== 'low') places.fill(1, start, end);
  return places;
};

/** Runs every detector over one text. `part` names the place when it is not a page. */
export const searchText = (text: NormalisedText, part?: string, locate?: Locate): Finding[] => {
  const claimed = new Uint8Array(text.text.length);
  const findings: Finding[] = [];
  const seen = new Map<string, number>();
  const told = new Map<FindingKind, Uint8Array>();
  for (const detector of detectors) {
    let matches = detector.detect(text);
    if (claimsItsPlace.has(detector.rule)) {
      matches = matches.filter(({ start, end }) => !claimed.subarray(start, end).includes(1));
      for (const { start, end } of matches) claimed.fill(1, start, end);
    }
    for (const more of saysMore.get(detector.kind) ?? []) {
      const places = told.get(more);
      if (places) matches = matches.filter(({ start, end }) => places.subarray(start, end).includes(0));
    }
    if (graver.has(detector.kind)) told.set(detector.kind, placesOf(text.text.length, detector, matches));
    for (const group of grouped(detector, matches)) {
      const head = group[0];
      if (head === undefined) continue;
      const words = [
        ...new Set(
          group.map(({ start, end, words: own }) => own ?? text.text.slice(start, end).replace(/\n/g, ' ')),
        ),
      ].join('、');
      const boxes = locate ? group.flatMap(({ start, end }) => locate(start, end)) : [];
      const ordinal = seen.get(detector.rule + words) ?? 0;
      seen.set(detector.rule + words, ordinal + 1);
      findings.push(
        makeFinding({
          kind: head.kind ?? detector.kind,
          severity: head.severity ?? detector.severity,
          rule: detector.rule,
          sure: Math.max(...group.map(({ sure }) => sure)),
          text: words,
          boxes,
          ...(part === undefined ? {} : { part }),
          ordinal: boxes.length > 0 ? 0 : ordinal,
          why: detector.why,
        }),
      );
    }
  }
  return distinct(findings);
};

/** The same detectors on a title, a summary, a file name, a metadata field. */
export const inspectText = (text: string, part = 'text'): Finding[] => searchText(normalise(text), part);
