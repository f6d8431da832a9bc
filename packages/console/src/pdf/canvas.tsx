import { useEffect, useRef } from 'react';
import type { Turn } from './coordinates.ts';
import { loadPdfJs, type PDFPageProxy } from './document.ts';

// More pixels than this make Safari and old GPUs give up; the picture is then a little softer.
const mostPixels = 16_000_000;

type Props = { page: PDFPageProxy; scale: number; turn: Turn };

const viewportOf = (page: PDFPageProxy, scale: number, turn: Turn) =>
  // Our scale is CSS pixels a point; pdf.js multiplies by UserUnit, core does not.
  page.getViewport({ scale: scale / page.userUnit, rotation: (page.rotate + turn) % 360 });

const draw = (page: PDFPageProxy, canvas: HTMLCanvasElement, scale: number, turn: Turn) => {
  const plain = viewportOf(page, scale, turn);
  const wanted = devicePixelRatio || 1;
  const sharp = Math.min(wanted, Math.sqrt(mostPixels / (plain.width * plain.height)));
  const viewport = viewportOf(page, scale * sharp, turn);
  canvas.width = Math.floor(viewport.width);
  canvas.height = Math.floor(viewport.height);
  return page.render({ canvas, viewport });
};

/** One page drawn, with its text over it so that it can be selected, copied and read aloud. */
export const PageCanvas = ({ page, scale, turn }: Props) => {
  const canvas = useRef<HTMLCanvasElement>(null);
  const text = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!canvas.current) return;
    const task = draw(page, canvas.current, scale, turn);
    task.promise.catch(() => {}); // cancelled by the next drawing
    return () => task.cancel();
  }, [page, scale, turn]);
  useEffect(() => {
    let stopped = false;
    let stop = () => {};
    const container = text.current;
    const lay = async () => {
      const { TextLayer } = await loadPdfJs();
      if (stopped || !container) return;
      container.replaceChildren();
      const viewport = viewportOf(page, scale, turn);
      const layer = new TextLayer({ textContentSource: page.streamTextContent(), container, viewport });
      stop = () => layer.cancel();
      await layer.render();
    };
    lay().catch(() => {});
    return () => {
      stopped = true;
      stop();
    };
  }, [page, scale, turn]);
  return (
    <>
      <canvas ref={canvas} className="gk-canvas" />
      <div
        ref={text}
        className="gk-text-layer"
        style={{ '--total-scale-factor': scale / page.userUnit } as React.CSSProperties}
      />
    </>
  );
};
