import jpeg from 'jpeg-js';
import { degrees, PDFDocument, PDFHexString, PDFName, PDFString } from 'pdf-lib';
import { describe, expect, it } from 'vitest';
import { withPdf } from '../pdfium/index.ts';
import { check } from '../release/check.ts';
import { release } from '../release/index.ts';
import { changed, plan, redacting, textOf, typeset } from '../release/specimen.ts';
import { residue } from './index.ts';

const ID = '110101199001011234';
const body = `姓名张三丰，身份证号${ID}，电话13800138000。\n\n第二段：村级财务收支。`;

/** Releases with the words covered and returns the bytes; the release's own check has passed by then. */
const covering = async (pdf: Uint8Array, ...words: string[]): Promise<Uint8Array> => {
  const redactions = await Promise.all(words.map((it) => redacting(pdf, it)));
  const made = await release(pdf, plan({ redactions }));
  if (!made.ok) throw new Error(JSON.stringify(made.error));
  return made.value.pdf;
};

const left = async (pdf: Uint8Array, ...words: string[]): Promise<string[]> =>
  residue(await PDFDocument.load(pdf), words, (await textOf(pdf)).join('\n'));

const images = async (pdf: Uint8Array): Promise<number> =>
  (await PDFDocument.load(pdf)).context
    .enumerateIndirectObjects()
    .filter(([, object]) => object.toString().includes('/Subtype /Image')).length;

const cases = [0, 90, 180, 270].flatMap((rotation) => [false, true].map((crop) => [rotation, crop] as const));

describe.each(cases)('on a page turned by %i°, cropped: %s', (rotation, crop) => {
  it('takes the covered words out of text and file, and no others', async () => {
    const pdf = await changed(typeset(body), (document) => {
      const page = document.getPage(0);
      page.setRotation(degrees(rotation));
      if (crop) page.setCropBox(40, 60, 330, 480);
    });
    const out = await covering(pdf, '张三丰', ID);
    const [text = ''] = await textOf(out);
    // On a turned page lines come in another order, and the grounds stand in the margin.
    const kept = [...'姓名，身份证号，电话13800138000。第二段：村级财务收支。'].sort().join('');
    expect([...text.replaceAll('个人隐私', '')].sort().join('')).toBe(kept);
    expect(text.split('个人隐私').length - 1).toBe(2);
    expect(await left(out, '张三丰', ID, '110101')).toEqual([]);
    expect(await images(out)).toBe(0);
  });
});

it('takes boxes that lie over each other, with one ground and nothing beneath them', async () => {
  const pdf = typeset(body);
  const [first] = [await redacting(pdf, ID)];
  const [box] = first.boxes;
  if (box === undefined) throw new Error('no box');
  // Drawn by hand over the found one: wider, and a little less high.
  const byHand = {
    ...first,
    boxes: [{ ...box, x: box.x - 5, width: box.width + 9, y: box.y + 0.4, height: box.height - 0.8 }],
  };
  for (const redactions of [
    [first, byHand],
    [byHand, first],
  ]) {
    const made = await release(pdf, plan({ redactions }));
    if (!made.ok) throw new Error(JSON.stringify(made.error));
    const [text = ''] = await textOf(made.value.pdf);
    expect(text.split('个人隐私').length - 1).toBe(1);
    expect(await left(made.value.pdf, ID)).toEqual([]);
  }
});

describe('what cannot be cut out safely is made anew from pixels', () => {
  it('a Form XObject under the box', async () => {
    const pdf = await changed(typeset('文件正文'), async (document) => {
      const [form] = await document.embedPdf(typeset(body));
      if (form !== undefined) document.getPage(0).drawPage(form, { x: 0, y: -60 });
    });
    const out = await covering(pdf, '张三丰');
    const [text = ''] = await textOf(out);
    expect(text).toContain(`姓名个人隐私，身份证号${ID}`.replace('个人隐私', ''));
    expect(text).toContain('个人隐私');
    expect(await left(out, '张三丰')).toEqual([]);
    expect(await images(out)).toBe(1);
  });

  it('an image under the box: its pixels are gone, not only covered', async () => {
    const seen = await withPdf(typeset(`#text(40pt)[机密号码]`), (open) =>
      open.withPage(1, (page) => page.render(2)),
    );
    if (!seen.ok || seen.value === undefined) throw new Error('no picture');
    const { width, height, data } = seen.value;
    const picture = jpeg.encode({ width, height, data }, 90).data;
    const pdf = await changed(typeset('说明：下图为证件照片'), async (document) => {
      const image = await document.embedJpg(picture);
      document.getPage(0).drawImage(image, { x: 100, y: 60, width: 200, height: 280 });
    });
    const redaction = {
      ...(await redacting(pdf, '证件')),
      boxes: [{ page: 1, x: 110, y: 280, width: 160, height: 60 }],
    };
    const made = await release(pdf, plan({ redactions: [redaction] }));
    if (!made.ok) throw new Error(JSON.stringify(made.error));
    const document = await PDFDocument.load(made.value.pdf);
    const pictures = document.context
      .enumerateIndirectObjects()
      .filter(([, object]) => object.toString().includes('/Subtype /Image'));
    expect(pictures).toHaveLength(1); // the page's own picture; the original image is not in the file any more
    expect(pictures[0]?.[1].toString()).toContain('/Width 1167'); // 420 pt at 200 dpi
    expect((await textOf(made.value.pdf))[0]).toContain('说明：下图为证件照片');
  });
});

it('leaves no words in a drawing that the page has but never draws', async () => {
  const pdf = await changed(typeset(body), async (document) => {
    const [spare] = await document.embedPdf(typeset(body));
    await document.flush();
    if (spare !== undefined) document.getPage(0).node.newXObject('Spare', spare.ref);
  });
  const out = await covering(pdf, ID);
  expect(await left(out, ID)).toEqual([]);
});

describe('covered words elsewhere in the document', () => {
  it('are taken out of bookmarks, tags, links and private data', async () => {
    const source = `= 关于张三丰的决定\n#link("https://www.gov.cn/张三丰")[链接]\n\n第二段`;
    const pdf = await changed(typeset(source), (document) => {
      document.catalog.set(
        PDFName.of('PieceInfo'),
        document.context.obj({ Note: PDFHexString.fromText('张三丰') }),
      );
      document.setSubject('张三丰的材料');
    });
    const out = await covering(pdf, '张三丰');
    expect(await left(out, '张三丰')).toEqual([]);
    expect((await textOf(out)).join('')).toContain('的决定链接第二段');
  });

  it('may stay where nobody covered them', async () => {
    const out = await covering(typeset('张三丰申请。\n\n经办人张三丰签字。'), '张三丰申请');
    expect((await textOf(out))[0]).toContain('经办人张三丰签字。');
  });

  it('may be in the title that the plan gives', async () => {
    const pdf = typeset(body);
    const redactions = [await redacting(pdf, '村级财务')];
    const made = await release(
      pdf,
      plan({ redactions, metadata: { ...plan().metadata, title: '村级财务公示' } }),
    );
    expect(made.ok).toBe(true);
  });
});

describe('the check of a release', () => {
  const hidden = async (pdf: Uint8Array) => {
    const { boxes, label } = await redacting(pdf, ID);
    const rects = boxes.map(({ x, y, width, height }) => ({
      label,
      rect: { left: x, top: y, right: x + width, bottom: y + height },
    }));
    const frame = { crop: { left: 0, top: 595, right: 420, bottom: 0 }, rotation: 0 } as const;
    return [{ page: 1, frame, boxes: rects, margin: [], onlyMargin: false, secrets: [ID], rebuilt: false }];
  };
  const failed = { ok: false, error: { code: 'redaction-failed', details: { page: 1 } } };

  it('refuses what only looks covered', async () => {
    const pdf = typeset(body);
    const { boxes } = await redacting(pdf, ID);
    const painted = await changed(pdf, (document) => {
      for (const { x, y, width, height } of boxes)
        document.getPage(0).drawRectangle({ x, y: 595 - y - height, width, height });
    });
    expect(await check(painted, 1, await hidden(pdf))).toEqual(failed);
  });

  it('refuses text that no page draws but the file still holds', async () => {
    const pdf = typeset(body);
    const out = await covering(pdf, ID);
    const [form] = (await (await PDFDocument.create()).embedPdf(pdf)) ?? [];
    expect(form).toBeDefined();
    const smuggled = await changed(out, async (document) => {
      const [old] = await document.embedPdf(pdf);
      await document.flush();
      if (old !== undefined) document.catalog.set(PDFName.of('Spare'), old.ref);
    });
    expect(await check(smuggled, 1, await hidden(pdf))).toEqual(failed);
  });

  it('refuses a plain string in any object', async () => {
    const pdf = typeset(body);
    const out = await covering(pdf, ID);
    const noted = await changed(out, (document) =>
      document.catalog.set(PDFName.of('Note'), PDFString.of(`id ${ID}`)),
    );
    expect(await check(noted, 1, await hidden(pdf))).toEqual(failed);
  });

  it('refuses a plan with a box on a page that is not there', async () => {
    const pdf = typeset(body);
    const redaction = await redacting(pdf, ID);
    const boxes = redaction.boxes.map((it) => ({ ...it, page: 7 }));
    expect(await release(pdf, plan({ redactions: [{ ...redaction, boxes }] }))).toEqual({
      ok: false,
      error: { code: 'redaction-failed', details: { page: 7 } },
    });
  });
});
