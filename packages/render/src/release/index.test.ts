import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deflateSync } from 'node:zlib';
import {
  degrees,
  drawObject,
  PDFDocument,
  PDFHexString,
  PDFName,
  type PDFPage,
  PDFRawStream,
  type PDFRef,
  PDFStream,
  PDFString,
} from 'pdf-lib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { decoded } from '../layer/index.ts';
import { foreseeObstacles, release } from './index.ts';
import { bookmarks } from './outline.ts';
import { changed, plan, redacting, stampOf, textOf, typeset } from './specimen.ts';
import { handle } from './worker.ts';

const jpeg = createRequire(import.meta.url)('jpeg-js');

const made = async (pdf: Uint8Array, wanted = plan({ stamp: stampOf })): Promise<Uint8Array> => {
  const result = await release(pdf, wanted);
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value.pdf;
};

/** Everything in a file, decoded: objects as text, streams unpacked. */
const everything = async (pdf: Uint8Array): Promise<string> => {
  const document = await PDFDocument.load(pdf, { updateMetadata: false });
  return document.context
    .enumerateIndirectObjects()
    .map(([, it]) => `${it.toString()} ${Buffer.from(decoded(it) ?? []).toString('latin1')}`)
    .join('\n');
};

const name = (text: string): PDFName => PDFName.of(text);
const long = `= 总则 <a>\n一 #link(<b>)[见第二章] #link("https://www.gov.cn/")[国务院] #link("mailto:zhang@example.cn")[信箱] #pagebreak()\n= 第二章 <b>\n== 第一节\n二`;

/** A document with every kind of thing that must not go out. */
const burdened = (): Promise<Uint8Array> =>
  changed(typeset(long), async (document) => {
    const { context, catalog } = document;
    document.setAuthor('SECRET-author');
    document.setProducer('SECRET-producer');
    await document.attach(Buffer.from('SECRET-attachment'), 'SECRET.txt', { mimeType: 'text/plain' });
    document.addJavaScript('SECRET', 'app.alert("SECRET-script")');
    const script = context.obj({ S: 'JavaScript', JS: PDFString.of('SECRET-open') });
    catalog.set(name('OpenAction'), script);
    catalog.set(name('AA'), context.obj({ WC: script }));
    catalog.set(name('PieceInfo'), context.obj({ Note: PDFString.of('SECRET-piece') }));
    const page = document.getPage(0);
    page.node.set(name('AA'), context.obj({ O: script }));
    page.node.set(name('Thumb'), context.register(context.stream('SECRET-thumb')));
    page.node.set(name('PieceInfo'), context.obj({ Note: PDFString.of('SECRET-page') }));
    const note = {
      Type: 'Annot',
      Subtype: 'Text',
      Rect: [10, 10, 30, 30],
      Contents: PDFString.of('SECRET-comment'),
    };
    const launch = { S: 'Launch', F: PDFString.of('SECRET.exe') };
    const link = { Type: 'Annot', Subtype: 'Link', Rect: [50, 10, 90, 30], A: launch };
    const annotations = page.node.Annots();
    annotations?.push(context.register(context.obj(note)));
    annotations?.push(context.register(context.obj(link)));
    const form = document.getForm();
    const field = form.createTextField('SECRET-field');
    field.setText('filled in');
    field.addToPage(page, { x: 100, y: 200, width: 100, height: 20 });
    context.register(context.stream('SECRET-orphan'));
  });

describe('a release', () => {
  it('has the same bytes for the same original and plan', async () => {
    const pdf = typeset(long);
    const wanted = plan({ stamp: stampOf, redactions: [await redacting(pdf, '国务院')] });
    expect(Buffer.compare(await made(pdf, wanted), await made(pdf, wanted))).toBe(0);
  });

  it('is refused where what stands above a page is no tree of pages, or runs in circles', async () => {
    const twoPages = typeset('一 #pagebreak() 二');
    const below = (parent: (pages: readonly PDFPage[]) => PDFRef | undefined): Promise<Uint8Array> =>
      changed(twoPages, async (document) => {
        const pages = document.getPages();
        const ref = parent(pages);
        if (ref !== undefined) pages[1]?.node.set(name('Parent'), ref);
      });
    const damaged = { ok: false, error: { code: 'damaged', details: { detail: '/Parent of page 2' } } };
    expect(await release(await below(([first]) => first?.ref), plan())).toMatchObject(damaged);
    expect(await foreseeObstacles(await below(([first]) => first?.ref))).toMatchObject(damaged);
    expect((await release(await below(() => undefined), plan())).ok).toBe(true);
    const circle = await changed(twoPages, async (document) => {
      const tree = document.getPage(0).node.Parent();
      tree?.set(name('Parent'), document.getPage(0).node.get(name('Parent')) ?? PDFName.of(''));
    });
    expect(await release(circle, plan())).toMatchObject({ ok: false, error: { code: 'damaged' } });
  });

  it('brings nothing along but pages, bookmarks and plain links', async () => {
    const before = await burdened();
    expect(await everything(before)).toContain('SECRET');
    const out = await made(before);
    const all = await everything(out);
    expect(all).not.toContain('SECRET');
    expect(all).not.toMatch(
      /JavaScript|\/OpenAction|\/AA\b|\/Launch|EmbeddedFile|\/AcroForm|\/PieceInfo|\/Thumb|mailto/,
    );
    expect(Buffer.from(out).toString('latin1').match(/%%EOF/g)).toHaveLength(1);
    expect(all).toContain('https://www.gov.cn/');
    expect((await textOf(out)).join('')).toContain('见第二章国务院信箱');
  });

  it('takes out of a photograph what the camera knew, and nothing of the picture', async () => {
    const bare: Buffer = jpeg.encode({ width: 16, height: 16, data: Buffer.alloc(16 * 16 * 4, 90) }, 90).data;
    const segment = (marker: number, text: string): Buffer =>
      Buffer.concat([Buffer.from([0xff, marker, 0, text.length + 2]), Buffer.from(text, 'latin1')]);
    const burden = [
      segment(0xe1, 'Exif\0\0SECRET-place'),
      segment(0xe2, 'MPF\0SECRET-preview'),
      segment(0xed, 'Photoshop 3.0\0SECRET-iptc'),
      segment(0xfe, 'SECRET-comment'),
      segment(0xe2, 'ICC_PROFILE\0colours'),
    ];
    const photograph = Buffer.concat([
      bare.subarray(0, 2),
      ...burden,
      bare.subarray(2),
      bare,
      Buffer.from('SECRET'),
    ]);
    const draw = async (bytes: Buffer): Promise<Uint8Array> =>
      changed(typeset('x'), (document) => {
        const image = { Type: 'XObject', Subtype: 'Image', Width: 16, Height: 16, BitsPerComponent: 8 };
        const { context } = document;
        for (const [at, packed] of [bytes, deflateSync(bytes)].entries()) {
          const Filter = at === 0 ? name('DCTDecode') : context.obj(['FlateDecode', 'DCTDecode']);
          const dict = context.obj({ ...image, ColorSpace: 'DeviceRGB', Filter });
          const key = document
            .getPage(0)
            .node.newXObject('P', context.register(PDFRawStream.of(dict, packed)));
          document.getPage(0).pushOperators(drawObject(key));
        }
      });
    const photographs = async (pdf: Uint8Array): Promise<Buffer[]> =>
      (await PDFDocument.load(pdf, { updateMetadata: false })).context
        .enumerateIndirectObjects()
        .flatMap(([, it]) =>
          it instanceof PDFRawStream && it.dict.get(name('Subtype')) === name('Image')
            ? [Buffer.from(it.contents)]
            : [],
        );
    const out = await photographs(await made(await draw(photograph), plan({})));
    const clean = Buffer.concat([bare.subarray(0, 2), burden[4] ?? bare, bare.subarray(2)]);
    expect(out).toHaveLength(2);
    for (const one of out) expect(one.equals(clean)).toBe(true);
  });

  it('shows form fields as they looked', async () => {
    expect((await textOf(await made(await burdened())))[0]).toContain('filledin');
  });

  it('keeps bookmarks, page labels and links inside the document', async () => {
    const pdf = await changed(typeset(long), (document) =>
      document.catalog.set(name('PageLabels'), document.context.obj({ Nums: [0, { S: 'r' }] })),
    );
    const document = await PDFDocument.load(await made(pdf), { updateMetadata: false });
    const titles = bookmarks(document.context, document.catalog.lookup(name('Outlines'))).map((it) => {
      const title = it.lookup(name('Title'));
      return title instanceof PDFHexString || title instanceof PDFString ? title.decodeText() : '';
    });
    expect(titles.sort()).toEqual(['总则', '第一节', '第二章'].sort());
    expect(document.catalog.toString()).toMatch(/PageLabels|\/Outlines/);
    expect(document.getPage(0).node.Annots()?.size()).toBe(2);
  });

  it('keeps the tags of a document without redactions, for screen readers', async () => {
    const document = await PDFDocument.load(await made(typeset(long)));
    expect(document.catalog.has(name('StructTreeRoot'))).toBe(true);
  });

  it('carries its own metadata', async () => {
    const metadata = {
      title: '公示 <1> & "2"',
      author: '三村镇',
      subject: '财务',
      keywords: ['村务'],
      language: 'zh-CN',
    } as const;
    const document = await PDFDocument.load(
      await made(typeset('一'), plan({ metadata: { ...metadata, keywords: ['村务'] } })),
    );
    expect(document.getTitle()).toBe(metadata.title);
    expect(document.getCreationDate()?.toISOString()).toBe('2026-11-23T00:00:00.000Z');
    expect(document.catalog.toString()).toMatch(/DisplayDocTitle true[\s\S]*|\/Lang \(zh-CN\)/);
    const xmp = Buffer.from(decoded(document.catalog.lookup(name('Metadata'))) ?? []).toString('utf8');
    expect(xmp).toContain('公示 &#60;1&#62; &#38; &#34;2&#34;');
  });

  it('leaves nothing of a layer that is switched off, and keeps what can be seen as text', async () => {
    const pdf = await changed(typeset('看得见的正文'), async (document) => {
      const { context, catalog } = document;
      const page = document.getPage(0);
      const layer = context.register(context.obj({ Type: 'OCG', Name: PDFString.of('draft') }));
      catalog.set(name('OCProperties'), context.obj({ OCGs: [layer], D: { OFF: [layer] } }));
      const [hidden] = await document.embedPdf(typeset('\n\n\n\n\n隐藏的底稿'));
      if (hidden === undefined) throw new Error('no page');
      page.drawPage(hidden, { x: 0, y: -90 });
      await document.flush();
      const form = context.lookup(hidden.ref, PDFStream);
      form.dict.set(name('OC'), layer);
    });
    const out = await made(pdf, plan());
    expect((await textOf(out))[0]).toBe('看得见的正文');
    expect(await everything(out)).not.toMatch(/OCG|draft/);
  });

  it('is made from a damaged file as well as it can be read', async () => {
    const whole = Buffer.from(await changed(typeset(long), () => undefined)).toString('latin1');
    const broken = Buffer.from(whole.replace(/startxref\s+\d+/, 'startxref\n7'), 'latin1');
    expect(await textOf(await made(broken))).toHaveLength(2);
  });

  it('refuses what is no PDF', async () => {
    expect(await release(Buffer.from('not a pdf'), plan())).toMatchObject({
      ok: false,
      error: { code: 'damaged' },
    });
  });

  it('ignores an object that only a reader without xref would see', async () => {
    const whole = await changed(typeset('真实内容'), () => undefined);
    const document = await PDFDocument.load(whole);
    const shadow = document.context.getObjectRef(document.getPage(0).node)?.toString().replace(' R', ' obj');
    const smuggled = Buffer.concat([
      whole,
      Buffer.from(`\n${shadow}\n<< /Type /Page /MediaBox [0 0 99 99] /Parent 1 0 R >>\nendobj\n`),
    ]);
    expect((await textOf(await made(smuggled)))[0]).toContain('真实内容');
  });

  it.each([1, 3])('passes qpdf --check (case %i)', async (kind) => {
    const pdf = kind === 1 ? typeset(long) : await burdened();
    const wanted = plan({ stamp: stampOf, redactions: kind === 1 ? [] : [await redacting(pdf, '国务院')] });
    const path = join(folder, `qpdf-${kind}.pdf`);
    await writeFile(path, await made(pdf, wanted));
    try {
      execFileSync('qpdf', ['--version']);
    } catch {
      console.log('qpdf is not installed: not run');
      return;
    }
    expect(execFileSync('qpdf', ['--check', path], { timeout: 60_000 }).toString()).toContain(
      'No syntax or stream encoding errors',
    );
  });
});

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gongkai-release-'));

  it('as a preview says so on every page, however it is turned, and is otherwise the release', async () => {
    const pdf = await changed(typeset(long), (document) => document.getPage(1).setRotation(degrees(90)));
    const out = await made(pdf);
    const preview = await made(pdf, plan({ stamp: stampOf, preview: true }));
    expect(await textOf(out)).toSatisfy((pages: string[]) => pages.every((text) => !text.includes('预览')));
    const pages = await textOf(preview);
    expect(pages).toHaveLength(2);
    for (const [n, text] of (await textOf(out)).entries()) expect(pages[n]).toBe(`${text}预览未经批准`);
  });
});
afterAll(() => rm(folder, { recursive: true }));

describe('the worker', () => {
  it('renders from file to file and answers with hash and size', async () => {
    const [input, output] = [join(folder, 'in.pdf'), join(folder, 'out.pdf')];
    await writeFile(input, typeset(long));
    const answer = await handle({ task: 'render', input, output, plan: plan({ stamp: stampOf }) });
    const bytes = await readFile(output);
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    expect(answer).toEqual({
      ok: true,
      value: { pages: 2, sha256, bytes: bytes.length, notArchival: [], archivalLevel: 'A' },
    });
  });

  it('writes nothing when the release is refused', async () => {
    const [input, output] = [join(folder, 'bad.pdf'), join(folder, 'none.pdf')];
    await writeFile(input, 'no pdf');
    expect(await handle({ task: 'render', input, output, plan: plan() })).toMatchObject({ ok: false });
    await expect(readFile(output)).rejects.toThrow('ENOENT');
  });

  it('composes forms', async () => {
    const output = join(folder, 'form.pdf');
    const data = {
      office: '三村镇人民政府',
      title: '公示',
      indexNumber: '1',
      publishedOn: '2026-11-01',
      withdrawnOn: '2026-11-23',
      reason: '有误',
    };
    const job = { task: 'form', name: 'withdrawal-notice', data, createdAt: plan().createdAt, output };
    expect(await handle(job)).toMatchObject({ ok: true });
    expect((await readFile(output)).subarray(0, 5).toString()).toBe('%PDF-');
  });

  it('refuses a job that it does not understand', async () => {
    expect(await handle({ task: 'destroy' })).toMatchObject({ error: { code: 'invalid-input' } });
  });
});
