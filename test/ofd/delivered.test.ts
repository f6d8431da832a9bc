import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ProofAsked } from '@gongkai/core';
import { degrees, PDFDocument } from 'pdf-lib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { proveOfd } from '../../packages/inspect/src/proof/ofd.ts';
import { ofdToPdf } from '../../packages/render/src/convert/ofd/index.ts';
import { pdfToOfd } from '../../packages/render/src/deliver/index.ts';
import { release } from '../../packages/render/src/release/index.ts';
import {
  changed,
  plan,
  redacting,
  stampOf,
  textOf,
  typeset,
} from '../../packages/render/src/release/specimen.ts';

/** 交付 OFD: releases as OFD, read back by the reader of uploads, and what the gate refuses of them. */

const { unzipSync, zipSync } = createRequire(import.meta.resolve('@gongkai/render'))('fflate') as {
  unzipSync(bytes: Uint8Array): Record<string, Uint8Array>;
  zipSync(files: Record<string, Uint8Array>): Uint8Array;
};
const { PNG } = createRequire(import.meta.resolve('@gongkai/render'))('pngjs') as {
  PNG: { sync: { write(picture: object): Buffer } };
};
const gallery = fileURLToPath(new URL('../../docs/gallery/', import.meta.url));
const room = mkdtempSync(join(tmpdir(), 'gongkai-delivered-'));
afterAll(() => rmSync(room, { recursive: true, force: true }));

const delivered = async (pdf: Uint8Array) => {
  const made = await pdfToOfd(pdf);
  if (!made.ok) throw new Error(JSON.stringify(made.error));
  return made.value;
};
const partsOf = (ofd: Uint8Array): Record<string, string> =>
  Object.fromEntries(
    Object.entries(unzipSync(ofd)).map(([name, bytes]) => [name, Buffer.from(bytes).toString('utf8')]),
  );
const drawnText = async (ofd: Uint8Array): Promise<string[]> => {
  const drawn = await ofdToPdf(ofd, 100);
  if (!drawn.ok) throw new Error(JSON.stringify(drawn.error));
  return textOf(drawn.value.pdf);
};

const source = typeset(
  '= 财务收支情况公示\n低保对象：张建国，身份证号 21052119510312 1018。\n\n#text(fill: red)[红色文字] #rect(width: 60pt, height: 20pt, fill: blue) $x^2$ English words.',
  'paper: "a4", margin: 80pt',
);
const covered = '张建国';
let released: Uint8Array;
let asked: ProofAsked;
let ofd: Uint8Array;

beforeAll(async () => {
  const box = await redacting(source, covered);
  const made = await release(source, plan({ stamp: stampOf, watermark: '公示', redactions: [box] }));
  if (!made.ok) throw new Error(JSON.stringify(made.error));
  released = made.value.pdf;
  asked = { redactions: [{ boxes: box.boxes, label: box.label }], own: [] };
  ({ ofd } = await delivered(released));
}, 120_000);

describe('a release as OFD', () => {
  it('has its letters as letters of its own fonts, and no page as a picture', async () => {
    const { pictures, pages } = await delivered(released);
    expect([pictures, pages]).toEqual([[], 1]);
    const parts = partsOf(ofd);
    expect(Object.keys(parts).filter((name) => /\.(?:ttf|otf)$/.test(name)).length).toBeGreaterThan(0);
    const [text] = await drawnText(ofd);
    const [before] = await textOf(released);
    expect([...(text ?? '')].sort()).toEqual([...(before ?? '')].sort());
    expect(text).toContain('财务收支情况公示');
  });

  it('is the same bytes of the same release', async () => {
    expect(Buffer.compare(Buffer.from((await delivered(released)).ofd), Buffer.from(ofd))).toBe(0);
  });

  it('says of itself what the release says, and nothing more', () => {
    const entry = partsOf(ofd)['OFD.xml'] ?? '';
    expect(entry).toContain('<ofd:Title>财务收支情况公示</ofd:Title>');
    expect(entry).toContain('<ofd:Author>三村镇人民政府</ofd:Author>');
    expect(entry).toContain('<ofd:CreationDate>2026-11-23</ofd:CreationDate>');
    expect(entry).not.toMatch(/Creator|ModDate|CustomData|Attachments|Signatures|Versions/);
  });

  it('has nothing of what was covered in any of its parts', () => {
    for (const [name, text] of Object.entries(partsOf(ofd)))
      expect(text.replace(/<[^>]*>|\s/g, ''), name).not.toContain(covered);
  });

  it('turns with its page', async () => {
    const turned = await changed(source, (document) => document.getPage(0).setRotation(degrees(90)));
    const { pictures, ofd: made } = await delivered(turned);
    expect(pictures).toEqual([]);
    expect(partsOf(made)['Doc_0/Pages/Page_0/Content.xml']).toContain('>0 0 297 210<');
  });

  it('shows as a picture, with its text under it, what it has no words for', async () => {
    const shaded = typeset(
      '#rect(width: 200pt, height: 60pt, fill: gradient.linear(red, blue))\n渐变下的文字\n#pagebreak()\n第二页',
    );
    const { pictures, ofd: made } = await delivered(shaded);
    expect(pictures).toEqual([1]);
    expect((await drawnText(made)).map((it) => it.replace(/\s/g, ''))).toEqual(['渐变下的文字', '第二页']);
    // Under the picture: a reader that draws unseen text all the same shows none.
    expect(partsOf(made)['Doc_0/Pages/Page_0/Content.xml']).toMatch(
      /<\/ofd:TextObject>\s*<ofd:ImageObject [^>]*\/><\/ofd:Layer>/,
    );
  });

  it('keeps a photograph small', async () => {
    const document = await PDFDocument.create();
    const noise = { width: 600, height: 400, data: Buffer.alloc(600 * 400 * 4, 255) };
    for (let at = 0, seed = 7; at < noise.data.length; at += 1)
      if (at % 4 !== 3) {
        seed = (seed * 1103515245 + 12345) % 2147483648;
        noise.data[at] = ((at / 2400) % 200) + ((seed >> 16) % 24);
      }
    const picture = await document.embedPng(PNG.sync.write(noise));
    document.addPage([300, 200]).drawImage(picture, { x: 0, y: 0, width: 300, height: 200 });
    const { pictures, ofd: made } = await delivered(await document.save());
    expect(pictures).toEqual([]);
    expect(Object.keys(unzipSync(made)).filter((name) => name.endsWith('.jpg')).length).toBe(1);
  });

  it.each(
    readdirSync(gallery).filter((name) => /^(?:sealed|plan|redacted|scan|summary|letter)\.pdf$/.test(name)),
  )(
    'of the gallery’s %s keeps lines, letters and pictures as such',
    async (name) => {
      expect((await delivered(readFileSync(join(gallery, name)))).pictures).toEqual([]);
    },
    60_000,
  );
});

/** The gate's word on an OFD: `undefined` when it is the release. */
const proven = async (given: Uint8Array): Promise<string | undefined> => {
  const drawn = await ofdToPdf(given, 100);
  if (!drawn.ok) return drawn.error.code;
  const place = (name: string, bytes: Uint8Array): string => {
    const path = join(room, name);
    writeFileSync(path, bytes);
    return path;
  };
  const said = await proveOfd({
    pages: place('pages.pdf', source),
    release: place('release.pdf', released),
    ofd: place('given.ofd', given),
    drawn: place('drawn.pdf', drawn.value.pdf),
    asked,
  });
  return said.ok ? undefined : `${said.error.code} ${said.error.details?.detail}`;
};
const changedOfd = (part: string, change: (text: string) => string): Uint8Array => {
  const files = unzipSync(ofd);
  const before = Buffer.from(files[part] ?? new Uint8Array()).toString('utf8');
  const after = change(before);
  expect(after).not.toBe(before);
  return zipSync({ ...files, [part]: Buffer.from(after) });
};
const page = 'Doc_0/Pages/Page_0/Content.xml';
const hidden = (attributes: string): ((text: string) => string) => {
  const object = `<ofd:TextObject ID="9001" Boundary="20 20 100 10" Font="1" Size="4" ${attributes}><ofd:TextCode X="0" Y="4">${covered}</ofd:TextCode></ofd:TextObject>`;
  return (text) => text.replace('</ofd:Layer>', `${object}</ofd:Layer>`);
};

describe('the gate', () => {
  it('lets the OFD of the release pass', async () => {
    expect(await proven(ofd)).toBeUndefined();
  });

  it.each([
    ['what was covered, not to be seen', () => changedOfd(page, hidden('Visible="false"')), /other text/],
    ['what was covered, clear as glass', () => changedOfd(page, hidden('Alpha="0"')), /other text/],
    [
      'what was covered, as a note to the page',
      () =>
        changedOfd(page, (text) => text.replace('<ofd:FillColor ', `<ofd:FillColor Remark="${covered}" `)),
      /what redaction 1 on p. 1 covers still stands/,
    ],
    [
      'a letter more',
      () => changedOfd(page, (text) => text.replace(/(<ofd:TextCode [^>]*>)/, '$1公')),
      /other text|not-drawable/,
    ],
    [
      'a line of text elsewhere',
      () => changedOfd(page, (text) => text.replace(/(<ofd:TextObject ID="\d+" Boundary=")[\d.]+/, '$199')),
      /looks otherwise/,
    ],
    [
      'no black over what was covered',
      () =>
        changedOfd(page, (text) =>
          text.replaceAll(/<ofd:PathObject [^>]*><ofd:FillColor Value="0 0 0"\/>.*?<\/ofd:PathObject>/g, ''),
        ),
      /looks otherwise/,
    ],
    [
      'another colour',
      () =>
        changedOfd(page, (text) =>
          text.replaceAll(/FillColor Value="0 [^"]*"/g, 'FillColor Value="255 0 255"'),
        ),
      /looks otherwise/,
    ],
    [
      'another title',
      () => changedOfd('OFD.xml', (text) => text.replace('财务收支情况公示', '张建国低保公示')),
      /says of itself/,
    ],
    [
      'a program’s own data',
      () =>
        changedOfd('OFD.xml', (text) =>
          text.replace(
            '</ofd:DocInfo>',
            '<ofd:CustomDatas><ofd:CustomData Name="a">b</ofd:CustomData></ofd:CustomDatas></ofd:DocInfo>',
          ),
        ),
      /CustomDatas does not belong there/,
    ],
    [
      'an attachment',
      () => zipSync({ ...unzipSync(ofd), 'Doc_0/Attachs/a.txt': Buffer.from('a') }),
      /Attachs\/a\.txt does not belong there/,
    ],
    [
      'a page more',
      () => {
        const more = changedOfd('Doc_0/Document.xml', (text) =>
          text.replace(
            '</ofd:Pages>',
            '<ofd:Page ID="9002" BaseLoc="Pages/Page_1/Content.xml"/></ofd:Pages>',
          ),
        );
        const files = unzipSync(more);
        return zipSync({ ...files, 'Doc_0/Pages/Page_1/Content.xml': files[page] ?? new Uint8Array() });
      },
      /2 pages instead of 1/,
    ],
  ])('refuses one with %s', async (_, made, why) => {
    expect(await proven(made())).toMatch(why);
  });
});
