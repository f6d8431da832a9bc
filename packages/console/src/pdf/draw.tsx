import { type PointerEvent, useState } from 'react';
import { useWords } from '../words/language.tsx';
import { between, type Placing, type Rect, toPage } from './coordinates.ts';
import { styleOf } from './mark.tsx';
import { words } from './words.ts';

const at = (event: PointerEvent): { x: number; y: number } => {
  const { left, top } = event.currentTarget.getBoundingClientRect();
  return { x: event.clientX - left, y: event.clientY - top };
};

/** Below this it was a click, not a box (points). */
const least = 3;

/** Lies over a page while boxes are drawn. The keyboard's way is the toolbar's "add a box" and the arrow keys. */
export const DrawLayer = ({ placing, onDraw }: { placing: Placing; onDraw: (box: Rect) => void }) => {
  const w = useWords(words);
  const [drawn, setDrawn] = useState<{ from: { x: number; y: number }; rect: Rect }>();
  const end = () => {
    if (!drawn) return;
    setDrawn(undefined);
    const box = toPage(drawn.rect, placing);
    if (box.width >= least && box.height >= least) onDraw(box);
  };
  return (
    <div
      className="gk-draw"
      role="application"
      aria-label={w.drawing}
      onPointerDown={(event) => {
        if (event.button !== 0) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        const from = at(event);
        setDrawn({ from, rect: between(from, from) });
      }}
      onPointerMove={(event) => drawn && setDrawn({ from: drawn.from, rect: between(drawn.from, at(event)) })}
      onPointerUp={end}
      onPointerCancel={() => setDrawn(undefined)}
    >
      {drawn && <div className="gk-drawn" style={styleOf(drawn.rect)} />}
    </div>
  );
};
