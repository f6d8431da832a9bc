import { createHash } from 'node:crypto';
import type { Box, Finding } from '@gongkai/core';

/** Version of the detectors: raise it when one of them begins to see more or less. */
export const inspector = 'gongkai-inspect/5';

const longest = 500;

/** Cut by code points, so that no half of a character is left. */
export const shorten = (text: string): string => {
  const characters = [...text.replace(/\u0000/g, '')];
  return characters.length <= longest ? characters.join('') : `${characters.slice(0, longest - 1).join('')}…`;
};

type Parts = Omit<Finding, 'id' | 'text' | 'boxes' | 'removedByRender'> & {
  readonly text: string;
  readonly boxes?: readonly Box[];
  readonly removedByRender?: boolean;
  /** Tells two findings apart that look the same (the second of two equal comments). */
  readonly ordinal?: number;
};

/** Builds a finding; its id depends only on rule, place and text, so that the same bytes give the same id. */
export const makeFinding = ({ ordinal, ...parts }: Parts): Finding => {
  const boxes = (parts.boxes ?? []).map((box) => ({
    page: box.page,
    x: round(box.x),
    y: round(box.y),
    width: round(Math.max(0, box.width)),
    height: round(Math.max(0, box.height)),
  }));
  const text = shorten(parts.text);
  const place = [parts.rule, parts.kind, parts.part ?? '', ordinal ?? '', text, JSON.stringify(boxes)];
  const id = createHash('sha256').update(place.join('\u0000')).digest('hex').slice(0, 20);
  return { ...parts, id, text, boxes, removedByRender: parts.removedByRender ?? false };
};

const round = (points: number): number => Math.round(points * 100) / 100;

/** Two findings with one id are one finding. */
export const distinct = (findings: readonly Finding[]): Finding[] => [
  ...new Map(findings.map((found) => [found.id, found])).values(),
];
