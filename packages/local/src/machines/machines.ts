import { mkdirSync } from 'node:fs';
import {
  type ArchivalLevel,
  type ArchivalObstacle,
  type Blobs,
  type Converter,
  type Examination,
  err,
  type FileType,
  type Finding,
  type Inspection,
  type Inspector,
  type OfficeWords,
  ok,
  type Place,
  type Policy,
  type Proof,
  pagesToReadBack,
  type Refusal,
  type Renderer,
  type Result,
  refusal,
  type WidenedBox,
} from '@gongkai/core';
import { Cage } from '@gongkai/embedded';
import {
  type Differing,
  type Recognised,
  unreadPages,
  withDiffering,
  withRecognised,
} from '@gongkai/inspect/recognised';
import { Bench } from './bench.ts';
import { caged } from './caged.ts';
import { inspectedLately } from './lately.ts';

/** What a machine may take: memory in MiB of one process, time in ms for one file. */
const limits = {
  convert: { memoryMb: 3500, timeoutMs: 180_000 },
  inspect: { memoryMb: 1536, timeoutMs: 120_000 },
  /** For `pagesAtOnce` pages, some seconds each. */
  read: { memoryMb: 1024, timeoutMs: 180_000 },
  render: { memoryMb: 2048, timeoutMs: 180_000 },
  /** Every page is written, read again and compared; by the gate, read and compared. Lambda ends after 15 minutes. */
  deliver: { memoryMb: 2048, timeoutMs: 840_000 },
  /** One volume; whatever its thickness it holds one document at a time (`npm run bench -- binding`). */
  bind: { memoryMb: 1024, timeoutMs: 600_000 },
  /** In the inspector's processes: every page is compared, 22 ms each, 125 ms where it is a scan (docs/decisions.md). */
  prove: { memoryMb: 1536, timeoutMs: 600_000 },
} as const;

/** So many pages are recognised in one job, and so many of one document; what is beyond, a person reads. */
const pagesAtOnce = 8;
const pagesRead = 80;

/** Types that become a PDF without LibreOffice. */
const withoutOffice: ReadonlySet<FileType> = new Set([
  'pdf',
  'ofd',
  'png',
  'jpg',
  'tiff',
  'txt',
  'md',
  'html',
  'csv',
]);

export type Machines = {
  readonly converter: Converter;
  readonly inspector: Inspector;
  readonly renderer: Renderer;
  /** Starts the processes now, so that the first document need not wait. */
  warm(): void;
  close(): Promise<void>;
};

/**
 * The machine stations' ports, each in a cage of its own: one hostile file costs its own process and nothing else.
 * `longestMs` shortens the time that any station may take for one file.
 */
export const openMachines = (
  blobs: Blobs,
  workFolder: string,
  policy: Policy,
  fonts?: string,
  longestMs = Number.POSITIVE_INFINITY,
): Machines => {
  mkdirSync(workFolder, { recursive: true });
  const bench = new Bench(workFolder, blobs);
  const timeMs = (station: keyof typeof limits): number => Math.min(limits[station].timeoutMs, longestMs);
  // Scratch files stay where the cage lets them be written.
  const env = {
    TMPDIR: workFolder,
    ...(fonts === undefined ? {} : { GONGKAI_FONTS: fonts }),
  };
  const folders = { read: fonts === undefined ? [] : [fonts], write: [workFolder] };
  const open = (entry: string, memoryMb: number, maxJobs: number, more: Record<string, string> = {}) => {
    const url = new URL(import.meta.resolve(entry));
    return new Cage({ entry: url, memoryMb, warm: 1, maxJobs, env: { ...env, ...more }, folders });
  };
  const converting = open('@gongkai/render/convert-worker', limits.convert.memoryMb, 25, {
    GONGKAI_WARM_OFFICE: '1',
  });
  // What needs no LibreOffice does not wait for it to start anew, and does not wear it out.
  const setting = open('@gongkai/render/convert-worker', limits.convert.memoryMb, 200);
  const inspecting = open('@gongkai/inspect/worker', limits.inspect.memoryMb, 200);
  const reading = open('@gongkai/inspect/ocr-worker', limits.read.memoryMb, 25);
  const rendering = open('@gongkai/render/release-worker', limits.render.memoryMb, 200);
  // Apart: a year is bound in minutes, and nothing that is to be published waits for it.
  const binding = open('@gongkai/render/release-worker', limits.bind.memoryMb, 5);

  /**
   * 文字识别 of what the inspection could not read. Where it fails (no memory, no time, a crash) those pages stay unread, and
   * a person must look: nothing passes for searched that was not.
   */
  const read = async (path: string, seen: Inspection, words: OfficeWords): Promise<Inspection> => {
    const pages = unreadPages(seen).slice(0, pagesRead);
    const recognised: Recognised[] = [];
    for (let at = 0; at < pages.length; at += pagesAtOnce) {
      const job = { task: 'read', path, pages: pages.slice(at, at + pagesAtOnce), words };
      const done = await reading.run<readonly Recognised[]>(job, { timeoutMs: timeMs('read') });
      if (done.ok) recognised.push(...done.value);
    }
    return withRecognised(seen, recognised);
  };

  /** Office files come from fonts of our own; a PDF or an OFD brings its own, and they may say other text than they draw. */
  const compare = async (path: string, seen: Inspection): Promise<Inspection> => {
    const done = await reading.run<Differing>({ task: 'compare', path }, { timeoutMs: timeMs('read') });
    return withDiffering(seen, done.ok ? done.value : undefined);
  };

  const inspectJob = <T>(job: object) => caged<T>(inspecting, job, timeMs('inspect'));

  return {
    converter: {
      convert: (original, type, name) =>
        bench.with(async (place) => {
          const input = await place.fetch(original, `original.${type}`);
          const done = await caged<{
            pages: number;
            substitutedFonts: string[];
            notArchival?: ArchivalObstacle[];
          }>(
            withoutOffice.has(type) ? setting : converting,
            { input, type, name, output: place.path('converted.pdf'), maxPages: policy.limits.pages },
            timeMs('convert'),
          );
          if (!done.ok) return done;
          const { blob } = await place.keep('converted.pdf', 'renditions');
          return ok({ pdf: blob, ...done.value });
        }),
    },
    inspector: {
      examine: (upload, name, words): Promise<Result<Examination, Refusal>> =>
        bench.with(async (place) =>
          inspectJob({
            task: 'examine',
            path: await place.fetch(upload, 'upload'),
            name,
            words,
            limitBytes: policy.limits.uploadBytes,
          }),
        ),
      inspect: inspectedLately((pdf, words, original) =>
        bench.with(async (place) => {
          const path = await place.fetch(pdf, 'document.pdf');
          const seen = await inspectJob<Inspection>({
            task: 'inspect',
            path,
            maxPages: policy.limits.pages,
            words,
          });
          // A release is its original with boxes: what was read there is not read again (gate.ts compares the rest).
          if (!seen.ok || pdf.area === 'vault') return seen;
          const bringsFonts = original === 'pdf' || original === 'ofd';
          const honest = bringsFonts ? await compare(path, seen.value) : seen.value;
          return ok(await read(path, honest, words));
        }),
      ),
      locate: (pdf, asked, pages) =>
        bench.with(async (place) =>
          inspectJob<readonly Place[]>({
            task: 'locate',
            path: await place.fetch(pdf, 'document.pdf'),
            asked,
            pages,
          }),
        ),
      widen: (pdf, boxes, pages) =>
        bench.with(async (place) =>
          inspectJob<readonly WidenedBox[]>({
            task: 'widen',
            path: await place.fetch(pdf, 'document.pdf'),
            boxes,
            pages,
          }),
        ),
      prove: (pages, release, asked) =>
        bench.with(async (place) => {
          const [source, made] = [
            await place.fetch(pages, 'document.pdf'),
            await place.fetch(release, 'release.pdf'),
          ];
          const files = { pages: source, release: made, asked };
          const proven = await caged<Proof>(inspecting, { task: 'prove', ...files }, timeMs('prove'));
          if (!proven.ok || asked.redactions.length === 0) return proven;
          const { only, unread } = pagesToReadBack(asked, policy.limits.pagesReadBack);
          for (let at = 0; at < only.length; at += pagesAtOnce) {
            const job = { task: 'read-back', ...files, only: only.slice(at, at + pagesAtOnce) };
            const done = await caged<{ read: number }>(reading, job, timeMs('read'));
            if (!done.ok) return done;
          }
          return ok({ ...proven.value, read: only.length, unread });
        }),
      proveOfd: (pages, release, ofd, asked) =>
        bench.with(async (place) => {
          const made = await place.fetch(ofd, 'delivered.ofd');
          const drawn = place.path('drawn.pdf');
          const job = { input: made, type: 'ofd', name: 'delivered.ofd', output: drawn };
          const read = await caged<unknown>(
            setting,
            { ...job, maxPages: policy.limits.pages },
            timeMs('convert'),
          );
          if (!read.ok)
            return err(
              refusal('ofd-not-proven', {
                detail: read.error.code,
                detailZh: `程序的原话：${read.error.code}`,
              }),
            );
          const files = {
            pages: await place.fetch(pages, 'document.pdf'),
            release: await place.fetch(release, 'release.pdf'),
          };
          return caged<undefined>(
            inspecting,
            { task: 'prove-ofd', ...files, ofd: made, drawn, asked },
            timeMs('deliver'),
          );
        }),
      inspectText: async (text, part, words): Promise<readonly Finding[]> => {
        const found = await inspectJob<Finding[]>({ task: 'text', text, part, words });
        if (!found.ok) throw new Error(found.error.code);
        return found.value;
      },
    },
    renderer: {
      render: (pdf, plan) =>
        bench.with(async (place) => {
          const input = await place.fetch(pdf, 'document.pdf');
          const made = await caged<{
            pages: number;
            notArchival: readonly ArchivalObstacle[];
            archivalLevel?: ArchivalLevel;
          }>(rendering, { task: 'render', input, output: place.path('release.pdf'), plan }, timeMs('render'));
          if (!made.ok) return made;
          const { blob, size } = await place.keep(
            'release.pdf',
            plan.preview || plan.copy || plan.unfinished ? 'renditions' : 'vault',
          );
          const { pages, notArchival, archivalLevel } = made.value;
          return ok({ release: blob, pages, size, notArchival, archivalLevel });
        }),
      bind: (plan) =>
        bench.with(async (place) => {
          const files: string[] = [];
          for (const { sha256 } of plan.entries.flatMap((entry) => entry.files))
            files.push(await place.fetch({ area: 'vault', sha256 }, `release-${files.length}.pdf`));
          const job = { task: 'bind', plan, files, output: place.path('volume.pdf') };
          const made = await caged<{ pages: number }>(binding, job, timeMs('bind'));
          if (!made.ok) return made;
          const { blob, size } = await place.keep('volume.pdf', 'renditions');
          return ok({ volume: blob, pages: made.value.pages, size });
        }),
      deliverOfd: (release) =>
        bench.with(async (place) => {
          const input = await place.fetch(release, 'release.pdf');
          const job = { task: 'deliver-ofd', input, output: place.path('release.ofd') };
          const made = await caged<{ pictures: readonly number[] }>(rendering, job, timeMs('deliver'));
          if (!made.ok) return made;
          const { blob, size } = await place.keep('release.ofd', 'vault');
          return ok({ ofd: blob, size, pictures: made.value.pictures });
        }),
      form: (name, data, createdAt) =>
        bench.with(async (place) => {
          const job = { task: 'form', name, data, createdAt, output: place.path('form.pdf') };
          const made = await caged<{ bytes: number }>(rendering, job, timeMs('render'));
          if (!made.ok) return made;
          return ok((await place.keep('form.pdf', 'renditions')).blob);
        }),
    },
    warm: () => {
      for (const cage of [inspecting, setting, rendering, converting]) cage.start();
    },
    close: async () => {
      await Promise.all(
        [converting, setting, inspecting, reading, rendering, binding].map((cage) => cage.close()),
      );
    },
  };
};
