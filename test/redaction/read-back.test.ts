import { mkdtempSync, rmSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { handle } from '../../packages/inspect/src/ocr/worker.ts';
import { prove } from '../../packages/inspect/src/proof/index.ts';
import { withPdf } from '../../packages/render/src/pdfium/index.ts';
import { encode } from '../../packages/render/src/redact/picture.ts';
import { release } from '../../packages/render/src/release/index.ts';
import { changed, plan, redacting, typeset } from '../../packages/render/src/release/specimen.ts';

const folder = mkdtempSync(join(tmpdir(), 'gongkai-read-back-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Words as a picture: what a stamp, a chart or a photograph shows. */
const pictured = async (words: string) => {
  const set = typeset(`#text(28pt)[${words}]`, 'margin: 4pt, width: 140pt, height: 44pt');
  const seen = await withPdf(set, (open) => open.withPage(1, (page) => page.render(3)));
  if (!seen.ok || seen.value === undefined) throw new Error('no picture');
  return { ...seen.value, ...encode(seen.value) };
};

const body = '= 公示\n姓名张三丰，电话见附件。\n\n第二段：村级财务收支情况，由村民委员会负责解释。';
const picturing = async (words: string): Promise<Uint8Array> =>
  changed(typeset(body), async (it) => {
    const { width, height, bytes, colours, bits, filter } = await pictured(words);
    const image = it.context.stream(bytes, {
      Type: 'XObject',
      Subtype: 'Image',
      Width: width,
      Height: height,
      ColorSpace: colours,
      BitsPerComponent: bits,
      Filter: filter,
    });
    const page = it.getPage(0);
    const name = page.node.newXObject('Stamp', it.context.register(image));
    const drawing = it.context.stream(`q 140 0 0 44 120 200 cm ${name.toString()} Do Q`);
    page.node.addContentStream(it.context.register(drawing));
  });

const checked = async (source: Uint8Array, only: readonly number[] = [1]) => {
  const redaction = await redacting(source, '张三丰');
  const made = await release(source, plan({ redactions: [redaction] }));
  if (!made.ok) throw new Error(JSON.stringify(made.error));
  const [pages, released] = [join(folder, 'pages.pdf'), join(folder, 'release.pdf')];
  await Promise.all([writeFile(pages, source), writeFile(released, made.value.pdf)]);
  const asked = { redactions: [redaction], own: [] };
  return {
    proven: await prove(pages, released, asked),
    read: await handle({ task: 'read-back', pages, release: released, asked, only }),
  };
};

describe('a release is read back as people see it', () => {
  it('and stopped where a covered name can still be read, though no text of the file says it', async () => {
    const { proven, read } = await checked(await picturing('张三丰'));
    expect(proven.ok).toBe(true);
    expect(read).toMatchObject({
      ok: false,
      error: {
        code: 'redaction-not-proven',
        details: { detail: 'what redaction 1 on p. 1 covers can still be read: p. 1, as it looks' },
      },
    });
  }, 60_000);

  it('and passes where the picture says something else, or the name stands beside the box by decision', async () => {
    expect((await checked(await picturing('村委会'))).read).toEqual({ ok: true, value: { read: 1 } });
    const twice = typeset(`${body}\n\n经办人：张三丰。`);
    expect((await checked(twice)).read).toEqual({ ok: true, value: { read: 1 } });
  }, 60_000);

  it('and stopped where a page cannot be read at all', async () => {
    const { read } = await checked(typeset(body), [1, 7]);
    expect(read).toMatchObject({
      ok: false,
      error: { details: { detail: expect.stringContaining('p. 7') } },
    });
  }, 60_000);
});
