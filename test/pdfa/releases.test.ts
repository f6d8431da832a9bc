import { createReadStream, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import type { ArchivalLevel, ArchivalObstacle, FileType, ReleasePlan } from '@gongkai/core';
import { FileBlobs, SystemClock } from '@gongkai/embedded';
import { composeForm } from '@gongkai/render';
import { PDFDocument, PDFName } from 'pdf-lib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openMachines } from '../../packages/local/src/machines/index.ts';
import { ofdToPdf } from '../../packages/render/src/convert/ofd/index.ts';
import { foreseeObstacles, release } from '../../packages/render/src/release/index.ts';
import { changed, plan, redacting, stampOf, typeset } from '../../packages/render/src/release/specimen.ts';
import { notRun } from '../not-run.ts';
import { defaultPolicy } from '../scenario/office-at-work.ts';
import { judge, noVeraPdf } from './verapdf.ts';

const documents = join(import.meta.dirname, '../../packages/local/documents/made');
const ofds = join(import.meta.dirname, '../ofd/made');
const corpus = join(import.meta.dirname, '../../../shared/corpus');

const folder = mkdtempSync(join(tmpdir(), 'gongkai-pdfa-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

type Made = {
  readonly path: string;
  readonly from: string;
  readonly notArchival: readonly ArchivalObstacle[];
  readonly archivalLevel: ArchivalLevel | undefined;
};

const made = async (pdf: Uint8Array, from: string, wanted: ReleasePlan): Promise<Made | undefined> => {
  const out = await release(pdf, wanted);
  if (!out.ok) return undefined;
  const path = join(folder, `${from.replace(/[/ ]/g, '_')}.pdf`);
  await writeFile(path, out.value.pdf);
  const { notArchival, archivalLevel } = out.value;
  return { path, from, notArchival, archivalLevel };
};
const must = async (...given: Parameters<typeof made>): Promise<Made> => {
  const done = await made(...given);
  if (!done) throw new Error(`${given[1]}: no release`);
  return done;
};

/** Of releases that say they are PDF/A, what veraPDF finds wrong. */
const falseClaims = async (releases: readonly Made[]): Promise<string[]> => {
  const claims = releases.filter(({ notArchival }) => notArchival.length === 0);
  const at = (level: ArchivalLevel) =>
    claims.filter(({ archivalLevel }) => archivalLevel === level).map(({ path }) => path);
  const judged = [...(await judge('2a', at('A'))), ...(await judge('2b', at('B')))];
  expect(judged.length).toBe(claims.length);
  return judged
    .filter(({ verdict }) => verdict !== 'pass')
    .map(({ path, verdict, failed }) => `${basename(path)}: ${verdict} ${[...failed.values()].join(' | ')}`);
};

describe.skipIf(notRun(noVeraPdf !== undefined, 'PDF/A by veraPDF', noVeraPdf ?? ''))('releases', () => {
  const releases: Made[] = [];

  beforeAll(async () => {
    const blobs = await FileBlobs.open(join(folder, 'blobs'), new SystemClock());
    const machines = openMachines(blobs, join(folder, 'work'), defaultPolicy());
    for (const name of readdirSync(documents)) {
      const type = name.slice(name.lastIndexOf('.') + 1) as FileType;
      const kept = await blobs.putOnce('quarantine', createReadStream(join(documents, name)));
      if (!kept.ok) throw new Error(kept.error.code);
      const original = { area: 'quarantine', sha256: kept.value.sha256 } as const;
      let converted = await machines.converter.convert(original, type, name);
      // LibreOffice's time can run out on a machine that does much else besides: once more, in a new process.
      if (!converted.ok && converted.error.code === 'out-of-time')
        converted = await machines.converter.convert(original, type, name);
      if (!converted.ok) throw new Error(`${name}: ${converted.error.code}`);
      const done = await machines.renderer.render(converted.value.pdf, plan({ stamp: stampOf }));
      if (!done.ok) throw new Error(`${name}: ${done.error.code}`);
      const path = join(folder, `${name.replaceAll(' ', '_')}.pdf`);
      await writeFile(path, (await blobs.open(done.value.release)) ?? '');
      const { notArchival = [], archivalLevel } = done.value;
      releases.push({ path, from: name, notArchival, archivalLevel });
    }
    await machines.close();
  }, 500_000);

  it('of every document of the demonstration are PDF/A-2, and say so: level A where they were typed, B where they are pictures', async () => {
    expect(releases.length).toBe(readdirSync(documents).length);
    expect(releases.filter(({ notArchival }) => notArchival.length > 0)).toEqual([]);
    const pictures = releases.filter(({ archivalLevel }) => archivalLevel === 'B').map(({ from }) => from);
    expect(pictures.map((from) => from.slice(0, 2)).sort()).toEqual(['07', '14', '17', '18']);
    expect(await falseClaims(releases)).toEqual([]);
  }, 280_000);

  it('of what was typed in Word, WPS, Excel or as text can be read aloud: all machine checks of PDF/UA but the claim', async () => {
    const typed = releases.filter(({ from }) => /\.(docx?|xlsx|txt)$/.test(from));
    expect(typed.length).toBeGreaterThan(14);
    const judged = await judge(
      'ua1',
      typed.map(({ path }) => path),
    );
    // 5-1: that it is PDF/UA only people could say, who judge whether the tags are the right ones.
    for (const { path, failed } of judged) expect([...failed.keys()], path).toEqual(['5-1']);
  }, 280_000);

  it('of OFDs are PDF/A-2b, without tags: an OFD does not say what is a heading, a table, or read first', async () => {
    const some: Made[] = [];
    for (const name of ['notice.ofd', 'drawing.ofd', 'sealed.ofd', 'attached.ofd']) {
      const drawn = await ofdToPdf(await readFile(join(ofds, name)), 10);
      if (!drawn.ok) throw new Error(`${name}: ${drawn.error.code}`);
      some.push(await must(drawn.value.pdf, name, plan({ stamp: stampOf })));
    }
    expect(some.filter(({ notArchival }) => notArchival.length > 0)).toEqual([]);
    expect(await falseClaims(some)).toEqual([]);
    const judged = await judge(
      'ua1',
      some.map(({ path }) => path),
    );
    // The claim (5-1), and that there are no tags (6.2-1, 7.1-3, 7.1-11): nothing else.
    const untagged = ['5-1', '6.2-1', '7.1-11', '7.1-3'];
    for (const { failed, path } of judged) expect([...failed.keys()].sort(), path).toEqual(untagged);
  }, 120_000);

  it('with redactions, by taking glyphs out and by making pages anew from pixels, are PDF/A-2b', async () => {
    const text = typeset('= 公示\n姓名张三丰，电话13800138000。 #link("https://www.gov.cn/")[国务院]');
    const drawn = typeset('= 公示 #place(top + left, dx: 60pt, dy: 20pt, circle(radius: 40pt)) 张三丰');
    const some = [
      await must(text, 'glyphs', plan({ redactions: [await redacting(text, '张三丰')], stamp: stampOf })),
      await must(drawn, 'pixels', plan({ redactions: [await redacting(drawn, '张三丰')], stamp: stampOf })),
      await must(text, 'preview', plan({ stamp: stampOf, preview: true })),
    ];
    expect(some.filter(({ notArchival }) => notArchival.length > 0)).toEqual([]);
    // Tags go with a redaction.
    expect(some.map(({ archivalLevel }) => archivalLevel)).toEqual(['B', 'B', 'B']);
    expect(await falseClaims(some)).toEqual([]);
  }, 120_000);

  it('with seal, watermark and the text that was read from a scan are PDF/A-2b', async () => {
    const pdf = typeset('正文');
    const at = { x: 150, y: 180, diameter: 119 };
    const shown = { page: 1, x: at.x, y: at.y, width: at.diameter, height: at.diameter };
    const seal = { name: '三村镇人民政府', emblem: 'star' as const, impressions: [{ ...at, shown }] };
    const recognised = [...'读出的字'].map((text, n) => ({
      text,
      x: 100 + n * 12,
      y: 300,
      width: 12,
      height: 12,
    }));
    const some = [
      await must(pdf, 'sealed', plan({ stamp: stampOf, seal, watermark: '已废止' })),
      await must(pdf, 'read', plan({ stamp: stampOf, textLayer: [{ page: 1, recognised }] })),
    ];
    expect(some.flatMap(({ notArchival }) => notArchival)).toEqual([]);
    expect(await falseClaims(some)).toEqual([]);
  }, 60_000);

  it('of a document whose font is not embedded do not claim it, and name the font', async () => {
    const pdf = await changed(typeset('正文'), async (document) => {
      document.getPage(0).drawText('Helvetica', { x: 90, y: 90, size: 12 });
    });
    const { path, notArchival } = await must(pdf, 'unembedded', plan({ stamp: stampOf }));
    expect(notArchival).toEqual([{ kind: 'font-not-embedded', what: 'Helvetica' }]);
    // Known before anybody decides, too.
    expect(await foreseeObstacles(pdf)).toEqual({ ok: true, value: notArchival });
    const metadata = (await PDFDocument.load(await readFile(path))).catalog.lookup(PDFName.of('Metadata'));
    expect(Buffer.from((metadata as unknown as { contents: Uint8Array }).contents).toString()).not.toMatch(
      /pdfaid:part/,
    );
    const [judged] = await judge('2b', [path]);
    expect([...(judged?.failed.keys() ?? [])]).toEqual(expect.arrayContaining(['6.2.11.4.1-1', '6.6.4-1']));
  }, 60_000);

  const none = notRun(filesUnder(corpus).length === 0, 'PDF/A over the corpus', `there is no ${corpus}`);
  it.skipIf(none)(
    'of files that nobody here wrote never claim what veraPDF denies',
    async () => {
      const files = filesUnder(corpus).filter((name) => name.endsWith('.pdf'));
      const some: Made[] = [];
      for (const name of files) {
        try {
          const one = await made(await readFile(join(corpus, name)), name, plan({ stamp: stampOf }));
          if (one) some.push(one);
        } catch {
          // A page tree of the wrong type: intake refuses it before.
        }
      }
      expect(await falseClaims(some)).toEqual([]);
      const claims = some.filter(({ notArchival }) => notArchival.length === 0).length;
      expect(claims).toBeGreaterThan(some.length / 2);
      const read = some.filter(({ archivalLevel }) => archivalLevel === 'A').length;
      console.info(
        `PDF/A-2b: ${claims} of ${some.length} releases of the corpus claim it, ${read} of these 2a, none falsely`,
      );
    },
    280_000,
  );
});

describe.skipIf(noVeraPdf !== undefined)('forms', () => {
  it('are PDF/A-2a as they are composed, and can be read aloud when they are published', async () => {
    const notice = {
      office: '三村镇人民政府',
      title: '财务收支情况公示',
      indexNumber: '000014349/2026-00013',
      publishedOn: '2026-11-01',
      withdrawnOn: '2026-11-23',
      reason: '数据有误',
    };
    const form = composeForm('withdrawal-notice', notice, new Date('2026-11-23T00:00:00Z'));
    if (!form.ok) throw new Error(form.error.code);
    const path = join(folder, 'notice.pdf');
    await writeFile(path, form.value);
    const { path: published, notArchival } = await must(
      form.value,
      'published notice',
      plan({ stamp: stampOf }),
    );
    expect(notArchival).toEqual([]);
    const judged = [...(await judge('2a', [path])), ...(await judge('ua1', [published]))];
    expect(judged.map(({ failed }) => [...failed.keys()])).toEqual([[], ['5-1']]);
  }, 60_000);
});

function filesUnder(path: string): string[] {
  try {
    return readdirSync(path, { recursive: true }).map(String);
  } catch {
    return [];
  }
}
