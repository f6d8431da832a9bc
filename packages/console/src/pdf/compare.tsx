import type { Box } from '@gongkai/core';
import { Button } from 'antd';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { fill, useWords } from '../words/language.tsx';
import { PageCanvas } from './canvas.tsx';
import type { Rect, Size } from './coordinates.ts';
import { differences } from './differences.ts';
import type { PDFDocumentProxy, PDFPageProxy } from './document.ts';
import { styleOf } from './mark.tsx';
import { words } from './words.ts';

/** Pixels a point at which two pages are compared: enough for a full stop of 9 pt. */
const sharpness = 1.25;
/** A poster is compared a little softer. */
const mostPixels = 6_000_000;

const sizeOf = (page: PDFPageProxy): Size => {
  const { width, height } = page.getViewport({ scale: 1 / page.userUnit });
  return { width, height };
};

const pixelsOf = async (page: PDFPageProxy | undefined, scale: number): Promise<ImageData> => {
  if (!page) return new ImageData(1, 1);
  const viewport = page.getViewport({ scale: scale / page.userUnit });
  const canvas = document.createElement('canvas');
  canvas.width = Math.max(1, Math.floor(viewport.width));
  canvas.height = Math.max(1, Math.floor(viewport.height));
  await page.render({ canvas, viewport }).promise;
  const context = canvas.getContext('2d');
  if (!context) throw new Error('no canvas');
  return context.getImageData(0, 0, canvas.width, canvas.height);
};

const nth = async (document: PDFDocumentProxy, n: number): Promise<PDFPageProxy | undefined> =>
  n <= document.numPages ? document.getPage(n) : undefined;

const compared = async (
  left: PDFDocumentProxy,
  right: PDFDocumentProxy,
  n: number,
): Promise<readonly Rect[]> => {
  const pages = await Promise.all([nth(left, n), nth(right, n)]);
  const area = Math.max(...pages.map((page) => (page ? sizeOf(page).width * sizeOf(page).height : 0)));
  const scale = Math.min(sharpness, Math.sqrt(mostPixels / Math.max(1, area)));
  const [a, b] = await Promise.all(pages.map((page) => pixelsOf(page, scale)));
  // Two thousand pages would otherwise all stay in memory.
  for (const page of pages) page?.cleanup();
  if (!a || !b) return [];
  return differences(a, b).map(({ x, y, width, height }) => ({
    x: x / scale,
    y: y / scale,
    width: width / scale,
    height: height / scale,
  }));
};

/** Compares page by page, the screen first free to answer; what is known so far, in points. */
const useDifferences = (left: PDFDocumentProxy, right: PDFDocumentProxy): readonly (readonly Rect[])[] => {
  const [found, setFound] = useState<readonly (readonly Rect[])[]>([]);
  useEffect(() => {
    let stopped = false;
    setFound([]);
    const run = async () => {
      const pages = Math.max(left.numPages, right.numPages);
      for (let n = 1; n <= pages && !stopped; n += 1) {
        const here = await compared(left, right, n);
        if (!stopped) setFound((before) => [...before, here]);
      }
    };
    run().catch(() => {}); // a document was closed meanwhile
    return () => {
      stopped = true;
    };
  }, [left, right]);
  return found;
};

const inside = (rect: Rect, box: Rect): boolean =>
  rect.x < box.x + box.width &&
  box.x < rect.x + rect.width &&
  rect.y < box.y + box.height &&
  box.y < rect.y + rect.height;

type SideProps = {
  document: PDFDocumentProxy;
  number: number;
  near: boolean;
  width: number;
  found: readonly Rect[];
  covered: readonly Rect[];
  label: string;
};

const Side = ({ document, number, near, width, found, covered, label }: SideProps) => {
  const w = useWords(words);
  const [page, setPage] = useState<PDFPageProxy>();
  useEffect(() => {
    let stopped = false;
    setPage(undefined);
    if (near)
      nth(document, number).then(
        (read) => !stopped && setPage(read),
        () => {}, // closed meanwhile
      );
    return () => {
      stopped = true;
    };
  }, [document, number, near]);
  if (number > document.numPages) return <p className="gk-compare-none">{w.noSuchPage}</p>;
  const size = page ? sizeOf(page) : { width: 595, height: 842 };
  const scale = width / size.width;
  const shown = { width: size.width * scale, height: size.height * scale };
  return (
    <section
      className="gk-pdf-page"
      aria-label={`${label}：${fill(w.page, { n: number })}`}
      style={{ width: shown.width, height: shown.height }}
    >
      {near && page && <PageCanvas page={page} scale={scale} turn={0} />}
      {found.map((rect) => (
        <div
          key={`${rect.x} ${rect.y}`}
          className={`gk-difference${covered.some((box) => inside(rect, box)) ? ' covered' : ''}`}
          style={styleOf({
            x: rect.x * scale,
            y: rect.y * scale,
            width: rect.width * scale,
            height: rect.height * scale,
          })}
        />
      ))}
    </section>
  );
};

type RowProps = {
  left: PDFDocumentProxy;
  right: PDFDocumentProxy;
  names: readonly [string, string];
  number: number;
  width: number;
  found: readonly Rect[];
  covered: readonly Rect[];
};

const Row = ({ left, right, names, ...rest }: RowProps) => {
  const ref = useRef<HTMLDivElement>(null);
  const [near, setNear] = useState(false);
  useEffect(() => {
    if (!ref.current) return;
    const observer = new IntersectionObserver(([entry]) => setNear(entry?.isIntersecting ?? false), {
      rootMargin: '600px 0px',
    });
    observer.observe(ref.current);
    return () => observer.disconnect();
  }, []);
  return (
    <div ref={ref} className="gk-compare-row" data-page={rest.number}>
      <Side document={left} near={near} label={names[0]} {...rest} />
      <Side document={right} near={near} label={names[1]} {...rest} />
    </div>
  );
};

type Props = {
  left: PDFDocumentProxy;
  right: PDFDocumentProxy;
  names: readonly [string, string];
  /** What is covered: there the pages must differ. */
  redactions: readonly Box[];
};

/** Two versions of a document beside each other, page by page, with what differs lit up on both. */
export const Compare = ({ left, right, names, redactions }: Props) => {
  const w = useWords(words);
  const ref = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(400);
  const found = useDifferences(left, right);
  const pages = Math.max(left.numPages, right.numPages);
  const differing = found.flatMap(({ length }, i) => (length > 0 ? [i + 1] : []));
  useEffect(() => {
    if (!ref.current) return;
    const observer = new ResizeObserver(
      ([entry]) => entry && setWidth(Math.max(260, (entry.contentRect.width - 16) / 2)),
    );
    observer.observe(ref.current);
    return () => observer.disconnect();
  }, []);
  const show = (page: number) =>
    ref.current?.querySelector(`[data-page="${page}"]`)?.scrollIntoView({ block: 'start' });
  const summary: ReactNode =
    found.length < pages
      ? fill(w.comparing, { n: found.length, pages })
      : differing.length === 0
        ? w.noDifference
        : fill(w.differing, { n: differing.length, pages });
  return (
    <>
      <div className="gk-compare-found" role="status">
        {summary}
        {differing.slice(0, 30).map((page) => (
          <Button key={page} size="small" onClick={() => show(page)}>
            {fill(w.page, { n: page })} · {found[page - 1]?.length}
          </Button>
        ))}
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable to scroll by keyboard (WCAG 2.1.1) */}
      <section className="gk-desk" aria-label={w.compared} tabIndex={0}>
        <div ref={ref}>
          {Array.from({ length: pages }, (_, i) => i + 1).map((number) => (
            <Row
              key={number}
              left={left}
              right={right}
              names={names}
              number={number}
              width={width}
              found={found[number - 1] ?? []}
              covered={redactions.filter(({ page }) => page === number)}
            />
          ))}
        </div>
      </section>
    </>
  );
};
