import type { Box } from '@gongkai/core';
import { useEffect, useRef, useState } from 'react';
import { useWords } from '../words/language.tsx';
import { nextTurn, type Size, type Turn, turnedSize } from './coordinates.ts';
import { type PDFDocumentProxy, usePdf } from './document.ts';
import type { Mark } from './mark.tsx';
import { Opening } from './opening.tsx';
import { PdfPage, type Target } from './page.tsx';
import { Toolbar } from './toolbar.tsx';
import { words } from './words.ts';

type Props = {
  url: string;
  /** The server makes it when it is asked for: it comes in one piece. Or the file that it made already. */
  made?: boolean | Blob;
  marks: readonly Mark[];
  target: Target | undefined;
  drawing?: { on: boolean; toggle: () => void } | undefined;
  onDraw: (box: Box, made?: 'page') => void;
  onPage: (page: number) => void;
};

const a4: Size = { width: 595, height: 842 };
/** Screens count 96 pixels an inch, paper 72 points. */
const natural = 96 / 72;

const useWidth = () => {
  const ref = useRef<HTMLElement>(null);
  const [width, setWidth] = useState(800);
  useEffect(() => {
    if (!ref.current) return;
    const observer = new ResizeObserver(([entry]) => entry && setWidth(entry.contentRect.width));
    observer.observe(ref.current);
    return () => observer.disconnect();
  }, []);
  return { ref, width };
};

const useFirstSize = (document: PDFDocumentProxy): Size => {
  const [size, setSize] = useState(a4);
  useEffect(() => {
    let stopped = false;
    document.getPage(1).then(
      (page) => {
        const { width, height } = page.getViewport({ scale: 1 / page.userUnit });
        if (!stopped) setSize({ width, height });
      },
      () => {},
    );
    return () => {
      stopped = true;
    };
  }, [document]);
  return size;
};

const Ready = ({
  document,
  marks,
  target,
  drawing,
  onDraw,
  onPage,
}: Omit<Props, 'url' | 'made'> & { document: PDFDocumentProxy }) => {
  const w = useWords(words);
  const { ref, width } = useWidth();
  const first = useFirstSize(document);
  const [zoom, setZoom] = useState<number>();
  const [turn, setTurn] = useState<Turn>(0);
  const [page, setPage] = useState(1);
  const [own, setOwn] = useState<Target>();
  const fit = Math.min(2.2, Math.max(0.3, (width - 32) / turnedSize(first, turn).width));
  const scale = zoom ?? fit;
  // Whoever asked last is followed: the list of findings, or the page buttons.
  const [asked, setAsked] = useState(target);
  if (asked !== target) {
    setAsked(target);
    setOwn(undefined);
  }
  const wanted = own ?? target;

  const seen = (number: number) => {
    setPage(number);
    onPage(number);
  };
  const go = (number: number) => {
    const to = Math.min(document.numPages, Math.max(1, number));
    seen(to);
    setOwn((before) => ({ page: to, count: (before?.count ?? 0) + 1 }));
  };
  const wholePage = () => {
    document.getPage(page).then(
      (read) => {
        const { width, height } = read.getViewport({ scale: 1 / read.userUnit });
        onDraw({ page, x: 0, y: 0, width, height }, 'page');
      },
      () => {}, // the document was closed meanwhile
    );
  };
  return (
    <>
      <Toolbar
        page={page}
        pages={document.numPages}
        onPage={go}
        percent={Math.round((scale / natural) * 100)}
        onZoom={(by) => setZoom(Math.min(6, Math.max(0.2, scale * by)))}
        onFit={() => setZoom(undefined)}
        onTurn={() => setTurn(nextTurn[turn])}
        drawing={drawing}
        onWholePage={drawing && wholePage}
      />
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable to scroll by keyboard (WCAG 2.1.1) */}
      <section className="gk-desk" ref={ref} aria-label={w.document} tabIndex={0}>
        {Array.from({ length: document.numPages }, (_, i) => i + 1).map((number) => (
          <PdfPage
            key={number}
            document={document}
            number={number}
            likely={first}
            scale={scale}
            turn={turn}
            marks={marks.filter(({ box }) => box.page === number)}
            target={wanted?.page === number ? wanted : undefined}
            onDraw={drawing?.on ? (rect) => onDraw({ page: number, ...rect }) : undefined}
            onSeen={seen}
          />
        ))}
      </section>
    </>
  );
};

/** A PDF with marks on its pages: zoom, turn, page by page; boxes can be drawn, moved and deleted. */
export const PdfViewer = ({ url, made, ...rest }: Props) => {
  const opened = usePdf(url, made);
  if (opened.state !== 'ready') return <Opening opened={opened} made={made === true} />;
  return <Ready key={url} document={opened.document} {...rest} />;
};
