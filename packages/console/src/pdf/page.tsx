import { useEffect, useRef, useState } from 'react';
import { fill, useWords } from '../words/language.tsx';
import { PageCanvas } from './canvas.tsx';
import { type Rect, type Size, type Turn, turnedSize } from './coordinates.ts';
import type { PDFDocumentProxy, PDFPageProxy } from './document.ts';
import { DrawLayer } from './draw.tsx';
import { type Mark, MarkBox } from './mark.tsx';
import { words } from './words.ts';

/** Bring this mark into view; `count` changes when it is asked for again. */
export type Target = {
  readonly page: number;
  readonly key?: string;
  readonly count: number;
  /** Gives the mark the keyboard, so that the arrow keys move it. */
  readonly focus?: boolean;
};

type Props = {
  document: PDFDocumentProxy;
  number: number;
  /** Until the page itself is read, it is taken to be as large as the first. */
  likely: Size;
  scale: number;
  turn: Turn;
  marks: readonly Mark[];
  target: Target | undefined;
  onDraw: ((box: Rect) => void) | undefined;
  onSeen: (page: number) => void;
};

/** Whether the page is on the screen or soon will be. Pages far away hold no canvas. */
const useNear = (onSeen: (seen: boolean) => void) => {
  const ref = useRef<HTMLDivElement>(null);
  const [near, setNear] = useState(false);
  const seen = useRef(onSeen);
  seen.current = onSeen;
  useEffect(() => {
    if (!ref.current) return;
    const coming = new IntersectionObserver(([entry]) => setNear(entry?.isIntersecting ?? false), {
      rootMargin: '800px 0px',
    });
    const middle = new IntersectionObserver(([entry]) => seen.current(entry?.isIntersecting ?? false), {
      rootMargin: '-45% 0px -45% 0px',
    });
    coming.observe(ref.current);
    middle.observe(ref.current);
    return () => {
      coming.disconnect();
      middle.disconnect();
    };
  }, []);
  return { ref, near };
};

const sizeOf = (page: PDFPageProxy): Size => {
  const { width, height } = page.getViewport({ scale: 1 / page.userUnit });
  return { width, height };
};

export const PdfPage = ({ document, number, likely, scale, turn, marks, target, onDraw, onSeen }: Props) => {
  const w = useWords(words);
  const { ref, near } = useNear((seen) => seen && onSeen(number));
  const [page, setPage] = useState<PDFPageProxy>();
  useEffect(() => {
    if (!near || page) return;
    let stopped = false;
    document.getPage(number).then(
      (read) => !stopped && setPage(read),
      () => {}, // the document was closed meanwhile
    );
    return () => {
      stopped = true;
    };
  }, [near, page, document, number]);

  const there = target?.key !== undefined && marks.some(({ key }) => key === target.key);
  // biome-ignore lint/correctness/useExhaustiveDependencies: again when the page's true size is known, and when a new box has come
  useEffect(() => {
    if (!target || !ref.current) return;
    const mark = target.key && ref.current.querySelector(`[data-mark="${CSS.escape(target.key)}"]`);
    if (mark) mark.scrollIntoView({ block: 'center', inline: 'nearest' });
    else ref.current.scrollIntoView({ block: 'start' });
    if (target.focus && mark instanceof HTMLElement) mark.focus({ preventScroll: true });
  }, [target?.count, target?.page, page, there]);

  const size = page ? sizeOf(page) : likely;
  const placing = { page: size, scale, turn };
  const shown = turnedSize(size, turn);
  return (
    <section
      ref={ref}
      className="gk-pdf-page"
      aria-label={fill(w.page, { n: number })}
      style={{ width: shown.width * scale, height: shown.height * scale }}
    >
      {near && page && <PageCanvas page={page} scale={scale} turn={turn} />}
      {marks.map((mark) => (
        <MarkBox key={mark.key} mark={mark} placing={placing} />
      ))}
      {onDraw && page && <DrawLayer placing={placing} onDraw={onDraw} />}
    </section>
  );
};
