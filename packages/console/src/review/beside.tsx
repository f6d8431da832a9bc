import type { FileType, Publication } from '@gongkai/core';
import { Alert, Select } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { fileUrl, type View } from '../api/publications.ts';
import { problemOf } from '../api/request.ts';
import { Trouble } from '../app/trouble.tsx';
import { Compare } from '../pdf/compare.tsx';
import { usePdf } from '../pdf/document.ts';
import { Opening } from '../pdf/opening.tsx';
import { PdfViewer } from '../pdf/viewer.tsx';
import { fill, useWords } from '../words/language.tsx';
import type { Review } from './state.ts';
import { words } from './words.ts';

type File = Publication['files'][number];
type Version = 'original' | 'drawn' | 'pdf' | 'preview' | 'release' | 'ofd';
/** Made when they are asked for. */
const made: ReadonlySet<Version> = new Set<Version>(['preview', 'drawn', 'ofd']);

const pictures: ReadonlySet<FileType | undefined> = new Set<FileType>(['png', 'jpg']);
const texts: ReadonlySet<FileType | undefined> = new Set<FileType>(['txt', 'md', 'csv', 'html']);

const urlOf = (view: View, n: number, version: Version): string => {
  const file = `/api/publications/${view.item.id}/files/${n}`;
  // Made anew whenever what decides about it has changed.
  if (version === 'preview') return `${file}/preview?binding=${view.binding}`;
  if (version === 'drawn') return `${file}/drawn?of=original`;
  return version === 'ofd' ? `${file}/drawn?of=release` : fileUrl(view.item.id, n, version);
};

type PairProps = {
  view: View;
  n: number;
  left: Version;
  right: Version;
  names: Readonly<Record<Version, string>>;
};

const Pair = ({ view, n, left, right, names }: PairProps) => {
  const one = usePdf(urlOf(view, n, left), made.has(left));
  const other = usePdf(urlOf(view, n, right), made.has(right));
  if (one.state !== 'ready') return <Opening opened={one} made={made.has(left)} />;
  if (other.state !== 'ready') return <Opening opened={other} made={made.has(right)} />;
  return (
    <Compare
      left={one.document}
      right={other.document}
      names={[names[left], names[right]]}
      redactions={view.item.redactions.filter(({ file }) => file === n).flatMap(({ boxes }) => boxes)}
    />
  );
};

/** Plain text as its writer saved it; offices still save GB18030. */
const decoded = (bytes: ArrayBuffer): string => {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('gb18030').decode(bytes);
  }
};

/** A picture or a text as it was uploaded. It is drawn or written here and never opened as a page. */
const AsUploaded = ({ url, type }: { url: string; type: FileType }) => {
  const w = useWords(words);
  const canvas = useRef<HTMLCanvasElement>(null);
  const [text, setText] = useState<string>();
  const [error, setError] = useState<unknown>();
  useEffect(() => {
    let stopped = false;
    const read = async () => {
      const response = await fetch(url);
      if (!response.ok) throw await problemOf(response);
      if (!pictures.has(type)) {
        const said = decoded(await response.arrayBuffer());
        if (!stopped) setText(said);
        return;
      }
      const picture = await createImageBitmap(await response.blob());
      if (stopped || !canvas.current) return;
      canvas.current.width = picture.width;
      canvas.current.height = picture.height;
      canvas.current.getContext('2d')?.drawImage(picture, 0, 0);
      picture.close();
    };
    read().catch((thrown: unknown) => !stopped && setError(thrown));
    return () => {
      stopped = true;
    };
  }, [url, type]);
  if (error) return <Trouble error={error} />;
  return pictures.has(type) ? (
    <canvas ref={canvas} className="gk-uploaded" role="img" aria-label={w.versionOriginal} />
  ) : (
    <pre className="gk-uploaded">{text}</pre>
  );
};

const Uploaded = ({ view, n, type, right, names }: Omit<PairProps, 'left'> & { type: FileType }) => {
  const w = useWords(words);
  return (
    <>
      <div className="gk-compare-found">{w.onlyBeside}</div>
      <div className="gk-beside">
        <section className="gk-desk" aria-label={names.original}>
          <AsUploaded url={urlOf(view, n, 'original')} type={type} />
        </section>
        <div className="gk-beside-side">
          <PdfViewer
            url={urlOf(view, n, right)}
            made={made.has(right)}
            marks={[]}
            target={undefined}
            onDraw={() => {}}
            onPage={() => {}}
          />
        </div>
      </div>
    </>
  );
};

/** Which versions of a file can be looked at here. An office file is shown as what was converted from it. */
const versionsOf = (view: View, file: File, n: number): readonly Version[] => [
  ...(file.type !== undefined &&
  (pictures.has(file.type) || texts.has(file.type) || (file.type === 'pdf' && file.sha256 !== file.pdf))
    ? (['original'] as const)
    : []),
  ...(file.type === 'ofd' && view.item.state !== 'stopped' ? (['drawn'] as const) : []),
  'pdf',
  ...(view.item.state === 'stopped' ? [] : (['preview'] as const)),
  ...(view.item.release?.files[n] ? (['release'] as const) : []),
  ...(view.item.release?.files[n]?.ofd ? (['ofd'] as const) : []),
];

/** 对照: original, converted pages, preview and release beside each other, with differences lit up. */
export const Beside = ({ view, review, file }: { view: View; review: Review; file: File }) => {
  const w = useWords(words);
  const n = review.file;
  const versions = versionsOf(view, file, n);
  const [chosen, setChosen] = useState<{ left?: Version; right?: Version }>({});
  const left =
    chosen.left !== undefined && versions.includes(chosen.left)
      ? chosen.left
      : versions.includes('drawn')
        ? 'drawn'
        : 'pdf';
  const usual = versions.includes('release') ? 'release' : 'preview';
  const right = chosen.right !== undefined && versions.includes(chosen.right) ? chosen.right : usual;
  const names = {
    original: w.versionOriginal,
    pdf: w.versionPdf,
    preview: w.versionPreview,
    release: w.versionRelease,
    drawn: w.versionDrawn,
    ofd: w.versionOfd,
  };
  const options = (these: readonly Version[]) => these.map((value) => ({ value, label: names[value] }));
  return (
    <>
      <div className="gk-toolbar" role="toolbar" aria-label={w.beside}>
        <Select
          size="small"
          aria-label={w.leftSide}
          value={left}
          options={options(versions)}
          onChange={(to) => setChosen({ left: to, right })}
        />
        <span aria-hidden="true">⇄</span>
        <Select
          size="small"
          aria-label={w.rightSide}
          value={right}
          options={options(versions.filter((one) => one !== 'original'))}
          onChange={(to) => setChosen({ left, right: to })}
        />
        <span className="gk-gap" />
        {!versions.includes('original') && !versions.includes('drawn') && (
          <span className="gk-quiet">
            {file.sha256 === file.pdf ? w.originalIsPdf : fill(w.originalNotShown, { type: file.type ?? '' })}
          </span>
        )}
      </div>
      {right === 'preview' && <Alert banner type="info" title={w.previewNote} />}
      {left === 'original' && file.type !== undefined && file.type !== 'pdf' ? (
        <Uploaded view={view} n={n} type={file.type} right={right} names={names} />
      ) : (
        <Pair view={view} n={n} left={left} right={right} names={names} />
      )}
    </>
  );
};
