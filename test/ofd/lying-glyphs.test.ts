import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { noWords } from '@gongkai/core';
import { FileBlobs, SystemClock } from '@gongkai/embedded';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openMachines } from '../../packages/local/src/machines/index.ts';
import { readFace } from '../../packages/render/src/convert/ofd/face.ts';
import { handMadeOfd } from '../../packages/render/src/convert/ofd/hand-made-ofd.ts';
import { fontFiles } from '../../packages/render/src/fonts/index.ts';
import { defaultPolicy } from '../scenario/office-at-work.ts';

/** CGTransform draws any glyph for any text (reference/pdf.md §4): what is drawn is read and compared with what is said. */

const room = mkdtempSync(join(tmpdir(), 'gongkai-lying-'));
const face = readFace(readFileSync(fontFiles('').find(({ role }) => role === 'hei')?.path ?? ''));
if (face === undefined) throw new Error('no font');
const drawnWords = '张建国身份证号住址电话银行卡低保金额';
const glyphs = [...drawnWords].map((it) => face.glyphOf(it.codePointAt(0) ?? 0));

const ofd = (said: string): Uint8Array =>
  handMadeOfd({
    objects: `<ofd:TextObject ID="8" Boundary="10 20 190 20" Font="91" Size="8"><ofd:CGTransform CodePosition="0" CodeCount="${glyphs.length}"><ofd:Glyphs>${glyphs.join(' ')}</ofd:Glyphs></ofd:CGTransform><ofd:TextCode X="0" Y="10" DeltaX="g ${glyphs.length - 1} 9">${said}</ofd:TextCode></ofd:TextObject>`,
    resources:
      '<ofd:Fonts><ofd:Font ID="91" FontName="自带"><ofd:FontFile>a.ttf</ofd:FontFile></ofd:Font></ofd:Fonts>',
    pageBox: '0 0 210 100',
    parts: { 'Doc_0/Res/a.ttf': face.program(glyphs) },
  });

let machines: ReturnType<typeof openMachines>;
let blobs: FileBlobs;
beforeAll(async () => {
  blobs = await FileBlobs.open(join(room, 'blobs'), new SystemClock());
  machines = openMachines(blobs, join(room, 'work'), defaultPolicy());
});
afterAll(async () => {
  await machines?.close();
  rmSync(room, { recursive: true, force: true });
});

const rulesOf = async (bytes: Uint8Array): Promise<string[]> => {
  const put = await blobs.putOnce('quarantine', Readable.from([bytes]));
  if (!put.ok) throw new Error(put.error.code);
  const original = { area: 'quarantine', sha256: put.value.sha256 } as const;
  const converted = await machines.converter.convert(original, 'ofd', 'a.ofd');
  if (!converted.ok) throw new Error(converted.error.code);
  const seen = await machines.inspector.inspect(converted.value.pdf, noWords, 'ofd');
  if (!seen.ok) throw new Error(seen.error.code);
  return seen.value.findings.map(({ rule }) => rule);
};

describe('an OFD that draws other letters than it says', () => {
  it('is told', async () => {
    expect(await rulesOf(ofd('欢迎各位村民参加春季植树活动通知公告'))).toContain('text-differs');
  }, 120_000);

  it('and an honest one is not', async () => {
    expect(await rulesOf(ofd(drawnWords))).not.toContain('text-differs');
  }, 120_000);
});
