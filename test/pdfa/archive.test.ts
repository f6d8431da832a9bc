import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readSignatures } from '@gongkai/inspect/signature';
import { archiveFile } from '@gongkai/render/archive-file';
import { p12Key, signPdf } from '@gongkai/render/signature';
import { PDFArray, PDFDict, PDFDocument, PDFHexString, PDFName, PDFRawStream } from 'pdf-lib';
import { afterAll, describe, expect, it } from 'vitest';
import { release } from '../../packages/render/src/release/index.ts';
import { changed, plan, redacting, stampOf, typeset } from '../../packages/render/src/release/specimen.ts';
import { notRun } from '../not-run.ts';
import { makeOfficeKey } from '../signature/office-key.ts';
import { judge, noVeraPdf } from './verapdf.ts';

const folder = mkdtempSync(join(tmpdir(), 'gongkai-archive-pdfa-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const receivedAt = '2026-11-20T08:00:00.000Z';
const name = '关于../低保(名单).docx';

const released = async (...given: Parameters<typeof release>): Promise<Uint8Array> => {
  const made = await release(...given);
  if (!made.ok) throw new Error(made.error.code);
  return made.value.pdf;
};
const attachedIn = async (pdf: Uint8Array): Promise<{ name: string; bytes: Buffer; relation: string }> => {
  const { catalog } = await PDFDocument.load(pdf);
  const file = catalog.lookup(PDFName.of('AF'), PDFArray).lookup(0, PDFDict);
  const stream = file.lookup(PDFName.of('EF'), PDFDict).lookup(PDFName.of('F'));
  if (!(stream instanceof PDFRawStream)) throw new Error('no file inside');
  return {
    name: file.lookup(PDFName.of('UF'), PDFHexString).decodeText(),
    bytes: Buffer.from(stream.contents),
    relation: String(file.lookup(PDFName.of('AFRelationship'))),
  };
};

describe('a file for the archive', () => {
  const original = Buffer.from('PK\u0003\u0004 张三丰 13800138000');

  it('begins with the very bytes of the release, which stay signed, and holds the original bit for bit', async () => {
    const key = await p12Key(makeOfficeKey(folder).p12, '秘');
    const text = typeset('= 公示\n姓名张三丰，电话13800138000。 #link("https://www.gov.cn/")[国务院]');
    const covered = await released(
      text,
      plan({ redactions: [await redacting(text, '张三丰')], stamp: stampOf }),
    );
    const signedAt = new Date(Math.ceil(Date.now() / 1000) * 1000).toISOString();
    const { pdf: signed } = await signPdf(covered, { key, signedAt });
    for (const one of [covered, signed]) {
      const { pdf, level } = await archiveFile(one, { name, type: 'docx', bytes: original, receivedAt });
      expect(level).toBe('B');
      expect(Buffer.compare(pdf.subarray(0, one.length), one)).toBe(0);
      expect(await attachedIn(pdf)).toEqual({
        name: '关于.._低保(名单).docx',
        bytes: original,
        relation: '/Source',
      });
    }
    const { pdf } = await archiveFile(signed, { name, type: 'docx', bytes: original, receivedAt });
    expect(createHash('sha256').update(pdf.subarray(0, signed.length)).digest('hex')).toBe(
      createHash('sha256').update(signed).digest('hex'),
    );
    // Something was added behind the signature, and a reader is told so; the release in front of it is whole.
    expect(readSignatures(pdf)).toMatchObject([{ signer: '三村镇人民政府' }]);
    expect(readSignatures(pdf.subarray(0, signed.length))).toMatchObject([{ state: 'intact' }]);
  }, 60_000);

  it('is the same bytes for the same release and original, and keeps the named places', async () => {
    const text = typeset('#set heading(numbering: "一")\n= 目录 <a>\n#link(<a>)[往上]');
    const one = await released(text, plan({ stamp: stampOf }));
    const make = () => archiveFile(one, { name, type: 'pdf', bytes: text, receivedAt });
    const [first, second] = [await make(), await make()];
    expect(Buffer.compare(first.pdf, second.pdf)).toBe(0);
    const names = async (pdf: Uint8Array) =>
      (await PDFDocument.load(pdf)).catalog.lookup(PDFName.of('Names'), PDFDict).keys().map(String).sort();
    expect(await names(first.pdf)).toContain('/EmbeddedFiles');
  }, 60_000);

  it('of a release that is no PDF/A does not say that it is one', async () => {
    const bare = await changed(typeset('正文'), async (document) => {
      document.getPage(0).drawText('Helvetica', { x: 90, y: 90, size: 12 });
    });
    const one = await released(bare, plan({ stamp: stampOf }));
    const made = await archiveFile(one, { name, type: 'txt', bytes: original, receivedAt });
    expect(made.level).toBeUndefined();
    expect(Buffer.from(made.pdf).toString('latin1')).not.toContain('pdfaid:part>');
    expect((await attachedIn(made.pdf)).bytes).toEqual(original);
  }, 60_000);

  const none = notRun(noVeraPdf !== undefined, 'PDF/A-3 of the archive by veraPDF', noVeraPdf ?? '');
  it.skipIf(none)(
    'is PDF/A-3, of the release’s own level, also signed, with any kind of original',
    async () => {
      const key = await p12Key(makeOfficeKey(folder).p12, '秘');
      const text = typeset('= 公示\n姓名张三丰，电话13800138000。 #link("https://www.gov.cn/")[国务院]');
      const tagged = await released(text, plan({ stamp: stampOf }));
      const covered = await released(
        text,
        plan({ redactions: [await redacting(text, '张三丰')], stamp: stampOf }),
      );
      const signedAt = new Date(Math.ceil(Date.now() / 1000) * 1000).toISOString();
      const some = [tagged, covered, (await signPdf(tagged, { key, signedAt })).pdf];
      const paths = { A: [] as string[], B: [] as string[] };
      for (const [n, one] of some.entries())
        for (const type of ['docx', 'pdf', 'wps'] as const) {
          const { pdf, level } = await archiveFile(one, {
            name,
            type,
            bytes: type === 'pdf' ? text : original,
            receivedAt,
          });
          const path = join(folder, `${n}-${type}.pdf`);
          await writeFile(path, pdf);
          paths[level ?? 'B'].push(path);
        }
      expect([paths.A.length, paths.B.length]).toEqual([6, 3]);
      const judged = [...(await judge('3a', paths.A)), ...(await judge('3b', paths.B))];
      expect(judged.map(({ verdict, failed }) => [verdict, ...failed.values()])).toEqual(
        judged.map(() => ['pass']),
      );
    },
    120_000,
  );
});
