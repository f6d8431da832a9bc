import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspectPdf } from '@gongkai/inspect';
import { PDFDocument } from 'pdf-lib';
import { afterAll, describe, expect, it } from 'vitest';

const folder = mkdtempSync(join(tmpdir(), 'gongkai-faces-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const picture = (name: string) => readFileSync(new URL(`./pictures/${name}`, import.meta.url));

/** Where faces are found on a page with this picture at (100, 150) from the top, `side` points wide. */
const facesOn = async (name: string, side: number) => {
  const document = await PDFDocument.create();
  const image = await document.embedJpg(picture(name));
  document.addPage([595, 842]).drawImage(image, { x: 100, y: 842 - 150 - side, width: side, height: side });
  const path = join(folder, `${name}-${side}.pdf`);
  writeFileSync(path, await document.save());
  const seen = await inspectPdf({ path });
  if (!seen.ok) throw new Error(JSON.stringify(seen.error));
  return seen.value.findings.filter(({ rule }) => rule === 'face');
};

describe('a face in a picture', () => {
  it.each([71, 200, 400])('is told as a hint, with its place, %d points wide', async (side) => {
    const found = await facesOn('astronaut.jpg', side);
    expect(found).toHaveLength(1);
    expect(found[0]).toMatchObject({ kind: 'face', severity: 'low' });
    const [box] = found[0]?.boxes ?? [];
    // The face: about the middle of the picture, in its upper half.
    const centre = { x: (box?.x ?? 0) + (box?.width ?? 0) / 2, y: (box?.y ?? 0) + (box?.height ?? 0) / 2 };
    expect((centre.x - 100) / side).toBeGreaterThan(0.3);
    expect((centre.x - 100) / side).toBeLessThan(0.7);
    expect((centre.y - 150) / side).toBeGreaterThan(0.2);
    expect((centre.y - 150) / side).toBeLessThan(0.7);
  });

  it.each([71, 200, 400])('is not seen in a cup, %d points wide', async (side) => {
    expect(await facesOn('cup.jpg', side)).toEqual([]);
  });
});
