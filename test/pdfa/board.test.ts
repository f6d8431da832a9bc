import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BoundEntry } from '@gongkai/core';
import { bindVolume, composeForm } from '@gongkai/render';
import { PDFDocument } from 'pdf-lib';
import { afterAll, describe, expect, it } from 'vitest';
import { release } from '../../packages/render/src/release/index.ts';
import { plan, stampOf, typeset } from '../../packages/render/src/release/specimen.ts';
import { notRun } from '../not-run.ts';
import { judge, noVeraPdf } from './verapdf.ts';

const folder = mkdtempSync(join(tmpdir(), 'gongkai-board-pdfa-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const at = new Date('2026-11-23T00:00:00Z');

const letter = (title: string): Uint8Array => {
  const made = composeForm(
    'withdrawal-notice',
    {
      office: '三村镇人民政府',
      title,
      indexNumber: '000014349/2026-00013',
      publishedOn: '2026-11-01',
      withdrawnOn: '2026-11-23',
      reason: '数据有误',
    },
    at,
  );
  if (!made.ok) throw new Error(made.error.code);
  return made.value;
};

const released = async (pdf: Uint8Array): Promise<Uint8Array> => {
  const made = await release(pdf, plan({ stamp: stampOf }));
  if (!made.ok) throw new Error(made.error.code);
  return made.value.pdf;
};

const bound = async (name: string, pdfs: readonly Uint8Array[]) => {
  const files = await Promise.all(
    pdfs.map(async (pdf, n) => {
      const path = join(folder, `${name}-${n}.pdf`);
      await writeFile(path, pdf);
      return path;
    }),
  );
  const entries = await Promise.all(
    pdfs.map(
      async (pdf, n): Promise<BoundEntry> => ({
        title: `第${n + 1}份文件`,
        documentNumber: `三政公〔2026〕${n + 1}号`,
        indexNumber: `000000035/2026-0000${n + 1}`,
        office: '三村镇人民政府',
        column: '财务公开栏',
        generatedOn: '2026-02-01',
        publishedOn: '2026-03-01',
        standing: 'public',
        notice: '',
        code: '7Q2M9X4K8R5T3W6P',
        files: [
          {
            sha256: createHash('sha256').update(pdf).digest('hex'),
            pages: (await PDFDocument.load(pdf)).getPageCount(),
          },
        ],
      }),
    ),
  );
  const output = join(folder, `${name}.pdf`);
  const index = entries.map(({ title, documentNumber, office }) => ({
    title,
    documentNumber,
    office,
    volume: 1,
    page: 1,
  }));
  const about = { office: '三村镇人民政府', title: '2026年文件汇编', scope: '财务公开栏', volume: 1, of: 1 };
  const made = await bindVolume({
    plan: { ...about, createdAt: at.toISOString(), entries, index },
    files,
    output,
  });
  if (!made.ok) throw new Error(made.error.code);
  return { output, pdfa: made.value.pdfa };
};

describe.skipIf(notRun(noVeraPdf !== undefined, 'PDF/A of posters and volumes by veraPDF', noVeraPdf ?? ''))(
  'what hangs on the wall and what is bound',
  () => {
    it('is PDF/A-2a: a poster, and a volume of composed letters, which can be read aloud', async () => {
      const item = {
        title: '2026年惠农补贴资金发放明细公示',
        indexNumber: '000000035/2026-00001',
        publishedOn: '2026-11-03',
        lastDay: '2026-11-18',
        url: 'https://sancun.example.gov.cn/item/pub_1',
      };
      const boards = ['财务公开栏', '规费收缴公开栏', '事务公开栏'].map((name) => ({ name, items: [item] }));
      const poster = composeForm(
        'notice-poster',
        {
          paper: 'a3',
          office: '三村镇人民政府',
          heading: '政务公开栏',
          phone: '2976300',
          site: 'https://sancun.example.gov.cn',
          madeAt: at.toISOString(),
          boards,
        },
        at,
      );
      if (!poster.ok) throw new Error(poster.error.code);
      const path = join(folder, 'poster.pdf');
      await writeFile(path, poster.value);
      const volume = await bound('letters', [letter('财务收支情况公示'), letter('规费收缴情况公示')]);
      expect(volume.pdfa).toBe('A');
      expect((await judge('2a', [path, volume.output])).map(({ failed }) => [...failed.keys()])).toEqual([
        [],
        [],
      ]);
      // 5-1: it does not claim to be PDF/UA.
      expect((await judge('ua1', [volume.output])).map(({ failed }) => [...failed.keys()])).toEqual([
        ['5-1'],
      ]);
    }, 120_000);

    it('is PDF/A-2b: a volume of stamped releases, one of them with no free corner', async () => {
      const full = typeset(
        '#place(top + left, rect(width: 420pt, height: 595pt, fill: luma(40%)))',
        'margin: 0pt, width: 420pt, height: 595pt',
      );
      const volume = await bound('releases', [
        await released(letter('财务收支情况公示')),
        await released(typeset('正文 #link("https://www.gov.cn/")[网址]')),
        await released(full),
      ]);
      expect(volume.pdfa).toMatch(/^[AB]$/);
      expect(Buffer.from(await readFile(volume.output)).toString('latin1')).toContain('pdfaid:part>2');
      expect((await judge('2b', [volume.output])).map(({ failed }) => [...failed.keys()])).toEqual([[]]);
    }, 120_000);
  },
);
