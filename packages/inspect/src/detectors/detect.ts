import { normalise } from '../text/normalised-text.ts';
import type { Detector } from './detector.ts';

/** For the tests: what a detector finds in a text, as words with their severity where it differs. */
export const detected = (detector: Detector, text: string, page?: number): string[] => {
  const normalised = normalise(text, page);
  return detector.detect(normalised).map(({ start, end, severity }) => {
    const words = normalised.text.slice(start, end).replace(/\n/g, '|');
    return severity === undefined || severity === detector.severity ? words : `${words} ${severity}`;
  });
};
