/**
 * `npm run gallery`: an office of its own in a scratch folder takes documents their way, signed in as several people; what
 * comes out is docs/gallery. Ids, codes and days are those of the run.
 */
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { type BlobRef, bindVolume, type Office, posterOf, volumesOf } from '@gongkai/core';
import { carry, type Entry, foundStaff, signedIn } from '@gongkai/local/demonstration';
import { parse, stringify } from 'yaml';
import { openHost } from '../../packages/local/src/host.ts';
import { createSite } from '../../packages/local/src/server.ts';
import { startWorkers } from '../../packages/local/src/workers.ts';
import { withPdf } from '../../packages/render/src/pdfium/index.ts';
import { entries, letterData, type Piece } from './pieces.ts';

type Drawn = { readonly width: number; readonly height: number; readonly data: Buffer };
/** What the renderer brings along; it comes without types. */
const { PNG } = createRequire(new URL('../../packages/render/package.json', import.meta.url))('pngjs') as {
  PNG: { sync: { write(drawn: Drawn, options: { colorType: 2 }): Buffer } };
};

const root = fileURLToPath(new URL('../../', import.meta.url));
const shown = join(root, 'docs/gallery');
const scratch = mkdtempSync(join(tmpdir(), 'gongkai-gallery-'));
const silent = (): void => undefined;

/** 三村镇's rules, with the seal that an office has to turn on. */
const policyWithSeal = (): string => {
  const policy = parse(readFileSync(join(root, 'policies/sancun.yaml'), 'utf8')) as Record<string, unknown>;
  const seal = { enabled: true, code: '2105000000035', paging: true };
  const path = join(scratch, 'policy.yaml');
  writeFileSync(path, stringify({ ...policy, extends: 'default', key: 'gallery', stamp: { seal } }));
  return path;
};

const bytesOf = async (office: Office, blob: BlobRef): Promise<Buffer> => {
  const bytes = await office.blobs.open(blob);
  if (bytes === undefined) throw new Error(`${blob.sha256} is gone`);
  return buffer(Readable.from(bytes));
};
const must = <T>(made: { ok: true; value: T } | { ok: false; error: unknown }): T => {
  if (!made.ok) throw new Error(JSON.stringify(made.error));
  return made.value;
};

/** Small enough for a page of documentation, large enough to read a heading. */
const pictureWidth = 760;
const picture = async (pdf: Buffer, page: number): Promise<Buffer> => {
  const drawn = await withPdf(pdf, (open) =>
    open.withPage(page, (one) => one.render(pictureWidth / one.width)),
  );
  const { width, height, data } = must(drawn) ?? { width: 0, height: 0, data: new Uint8Array() };
  return PNG.sync.write({ width, height, data: Buffer.from(data) }, { colorType: 2 });
};

const pieces: Piece[] = [];
const show = async (piece: Piece, pdf: Buffer): Promise<void> => {
  writeFileSync(join(shown, `${piece.file}.pdf`), pdf);
  for (const page of piece.pages)
    writeFileSync(join(shown, `${piece.file}-${page}.png`), await picture(pdf, page));
  pieces.push(piece);
  console.log(`${piece.file}: ${Math.round(pdf.length / 1000)} kB`);
};

rmSync(shown, { recursive: true, force: true });
mkdirSync(shown, { recursive: true });
const host = await openHost(join(scratch, 'data'), { policy: policyWithSeal() });
const { office } = host;
const workers = startWorkers(office, silent);
host.onCommit(() => workers.wake());
try {
  const people = await foundStaff(office, host.data);
  const site = createSite(host, silent);
  const staff = await signedIn('http://127.0.0.1:8080', people, site);
  const documents = join(scratch, 'documents');
  cpSync(join(root, 'packages/local/documents/made'), documents, { recursive: true });

  const composed = must(await office.renderer.form('official-letter', letterData, office.clock.now()));
  const letter = await bytesOf(office, composed);
  writeFileSync(join(documents, 'letter.pdf'), letter);
  await show(
    { file: 'letter', zh: '公文（GB/T 9704），由数据排成', en: 'A letter, set from data', pages: [1, 2] },
    letter,
  );

  const published = async (entry: Entry): Promise<Buffer> => {
    const { item } = await carry(staff, entry, 'published', silent, documents);
    if (item.state !== 'published')
      throw new Error(`${entry.files[0]}: ${item.state} ${JSON.stringify(item.trouble)}`);
    return bytesOf(office, { area: 'vault', sha256: item.release?.files[0]?.sha256 ?? '' });
  };
  await show(
    {
      file: 'sealed',
      zh: '发布件：公开标识、图形印章骑年盖月、骑缝章',
      en: 'A release: strip, drawn seal on the date, paging seal',
      pages: [1, 2],
    },
    await published(entries.letter),
  );
  await show(
    {
      file: 'plan',
      zh: '实施方案：Word 转换、加盖公开标识、骑缝章',
      en: 'A plan from Word, stamped, with the paging seal',
      pages: [1],
    },
    await published(entries.plan),
  );
  await show(
    { file: 'redacted', zh: '遮盖：临时救助公示（人员虚构）', en: 'Redacted (invented people)', pages: [1] },
    await published(entries.relief),
  );
  await show(
    {
      file: 'summary',
      zh: '上传的 PDF，标识落在空白处',
      en: 'A PDF as it came, stamped where it is blank',
      pages: [1],
    },
    await published(entries.summary),
  );
  await show(
    {
      file: 'scan',
      zh: '扫描件，带识别出的文字层',
      en: 'A scan, with the layer of text that was read',
      pages: [1],
    },
    await published(entries.scan),
  );

  const asked = { paper: 'a3', heading: undefined, columns: office.policy.boards } as const;
  const filled = must(await posterOf(office, asked));
  const poster = must(await office.renderer.form('notice-poster', filled, office.clock.now()));
  await show(
    { file: 'poster', zh: '公示栏海报（A3，三栏）', en: 'A poster for the notice board', pages: [1] },
    await bytesOf(office, poster),
  );

  const year = Number(office.clock.now().slice(0, 4));
  const [plan] = must(await volumesOf(office, { year, pages: 400 }));
  if (plan === undefined) throw new Error('no volume');
  const bound = must(await bindVolume(office, plan));
  await show(
    {
      file: 'volume',
      zh: '年终装订成册：封面与目录',
      en: 'A bound volume: cover and contents',
      pages: [1, 2],
    },
    await bytesOf(office, bound.volume),
  );
} finally {
  await workers.stop();
  await host.close();
  rmSync(scratch, { recursive: true, force: true });
}

const page = `# 样张 / Gallery

由 \`npm run gallery\` 生成：一个演示单位把真实单位的文件走完全部环节后得到的发布件。人员均为虚构；图形印章只是画出来的印，不是电子印章。

Made by \`npm run gallery\`: what an office gets when the documents of real offices have gone their whole way. People are invented; a drawn seal is a picture and no electronic seal.
${pieces
  .map(
    ({ file, zh, en, pages }) => `
## ${zh}

${en} · [PDF](gallery/${file}.pdf)

${pages.map((page) => `![${zh}，第 ${page} 页](gallery/${file}-${page}.png)`).join('\n')}
`,
  )
  .join('')}`;
writeFileSync(join(root, 'docs/gallery.md'), page);
process.exit();
