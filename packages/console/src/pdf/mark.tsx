import type { Box } from '@gongkai/core';
import { type CSSProperties, type KeyboardEvent, type PointerEvent, useState } from 'react';
import { useWords } from '../words/language.tsx';
import { moved, type Placing, type Rect, toPage, toScreen } from './coordinates.ts';
import { words } from './words.ts';

/** Something shown on a page: where a finding stands, what will be covered, what a reviewer demands. */
export type Mark = {
  readonly key: string;
  readonly box: Box;
  /** `picture`: a frame alone, for who must look at it. `weak`: a word that recognition is not sure of. */
  readonly kind: 'finding' | 'picture' | 'weak' | 'answered' | 'redaction' | 'demand';
  readonly label: string;
  readonly chosen?: boolean;
  /** What stands there and is not seen; shown below the box while it is chosen. */
  readonly reveals?: string;
  readonly onChoose?: () => void;
  /** Given when the person may move or delete it. */
  readonly onMove?: (box: Box) => void;
  readonly onDelete?: () => void;
};

export const styleOf = ({ x, y, width, height }: Rect): CSSProperties => ({ left: x, top: y, width, height });

const arrows: Readonly<Record<string, readonly [dx: number, dy: number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

type Drag = { readonly fromX: number; readonly fromY: number; readonly corner: boolean; readonly rect: Rect };

const dragged = (drag: Drag, event: { clientX: number; clientY: number }): Rect => {
  const dx = event.clientX - drag.fromX;
  const dy = event.clientY - drag.fromY;
  const { x, y, width, height } = drag.rect;
  return drag.corner
    ? { x, y, width: Math.max(4, width + dx), height: Math.max(4, height + dy) }
    : { x: x + dx, y: y + dy, width, height };
};

/** Moved as a whole it keeps its size at the page's edge; drawn by its corner it changes it. */
const settled = (mark: Mark, drag: Drag, now: Rect, placing: Placing): Box => {
  const drawn = toPage(now, placing);
  if (drag.corner) return { page: mark.box.page, ...drawn };
  const before = toPage(drag.rect, { ...placing });
  const wanted = toPage({ ...now, width: 0, height: 0 }, placing);
  const origin = toPage({ ...drag.rect, width: 0, height: 0 }, placing);
  return moved({ ...mark.box, ...before }, wanted.x - origin.x, wanted.y - origin.y, placing.page);
};

export const MarkBox = ({ mark, placing }: { mark: Mark; placing: Placing }) => {
  const w = useWords(words);
  const [drag, setDrag] = useState<{ start: Drag; now: Rect }>();
  const rect = drag?.now ?? toScreen(mark.box, placing);

  const begin = (corner: boolean) => (event: PointerEvent) => {
    if (!mark.onMove || event.button !== 0) return;
    event.stopPropagation();
    event.currentTarget.setPointerCapture(event.pointerId);
    const start = { fromX: event.clientX, fromY: event.clientY, corner, rect: toScreen(mark.box, placing) };
    setDrag({ start, now: start.rect });
  };
  const go = (event: PointerEvent) => {
    if (drag) setDrag({ start: drag.start, now: dragged(drag.start, event) });
  };
  const end = () => {
    if (!drag) return;
    const { start, now } = drag;
    setDrag(undefined);
    if (now !== start.rect) mark.onMove?.(settled(mark, start, now, placing));
  };
  const press = (event: KeyboardEvent) => {
    if (mark.onDelete && (event.key === 'Delete' || event.key === 'Backspace')) {
      event.preventDefault();
      mark.onDelete();
    }
    const arrow = arrows[event.key];
    if (!arrow || !mark.onMove) return;
    event.preventDefault();
    const [dx, dy] = [arrow[0] * 2, arrow[1] * 2];
    const { box } = mark;
    mark.onMove(
      event.shiftKey
        ? { ...box, width: Math.max(2, box.width + dx), height: Math.max(2, box.height + dy) }
        : moved(box, dx, dy, placing.page),
    );
  };

  // Nothing is done with it: it is only looked at.
  if (mark.kind === 'weak')
    return (
      <span
        data-mark={mark.key}
        className="gk-mark weak"
        style={styleOf(rect)}
        role="note"
        title={mark.label}
        aria-label={mark.label}
      />
    );
  return (
    <button
      type="button"
      data-mark={mark.key}
      className={`gk-mark ${mark.kind}${mark.chosen ? ' chosen' : ''}${mark.onMove ? ' movable' : ''}`}
      style={styleOf(rect)}
      title={mark.label}
      aria-label={mark.onMove ? `${mark.label}：${w.boxHelp}` : mark.label}
      onClick={mark.onChoose}
      onKeyDown={press}
      onPointerDown={begin(false)}
      onPointerMove={go}
      onPointerUp={end}
      onPointerCancel={() => setDrag(undefined)}
    >
      {mark.chosen && mark.reveals && <span className="gk-mark-text">{mark.reveals}</span>}
      {mark.onMove && <span className="gk-corner" aria-hidden="true" onPointerDown={begin(true)} />}
    </button>
  );
};
