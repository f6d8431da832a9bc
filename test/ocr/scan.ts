import { crc32, deflateSync } from 'node:zlib';
import { compileTypst } from '@gongkai/render';
import { draw } from '../../packages/inspect/src/pdf/drawing.ts';
import { engine } from '../../packages/inspect/src/pdf/engine.ts';
import { handMadePdf, streamObject } from '../../packages/inspect/src/pdf/hand-made-pdf.ts';

/** A4 as Typst sets it. */
const source = (font: string, more: string): string => `
#set page(paper: "a4", margin: (top: 37mm, bottom: 35mm, left: 28mm, right: 26mm))
#set text(font: "${font}", size: 16pt, lang: "zh")
#set par(justify: true, leading: 12pt)
#for line in json("/lines.json") { par(line) }
${more}
`;

/** A round red stamp over the text; ink lets through what is beneath. */
export const redSeal =
  '#place(dx: 60mm, dy: -60mm, circle(radius: 21mm, stroke: 1.5mm + red.transparentize(50%), align(center + horizon, text(fill: red.transparentize(50%), size: 24pt, "★"))))';

export type Picture = { readonly width: number; readonly height: number; readonly rgb: Uint8Array };

/** A page as a scanner at 200 dpi gives it. */
export const scanned = async (
  lines: readonly string[],
  { font = 'Noto Serif SC', more = '' }: { readonly font?: string; readonly more?: string } = {},
): Promise<Picture> => {
  const made = compileTypst({
    source: source(font, more),
    files: { '/lines.json': new TextEncoder().encode(JSON.stringify(lines)) },
    createdAt: new Date('2026-01-01T00:00:00.000Z'),
    tagged: false,
  });
  if (!made.ok) throw new Error(JSON.stringify(made.error));
  const running = await engine();
  const { api, runtime } = running;
  const bytes = runtime.wasmExports.malloc(made.value.length);
  runtime.HEAPU8.set(made.value, bytes);
  const document = api.FPDF_LoadMemDocument(bytes, made.value.length, '');
  const page = api.FPDF_LoadPage(document, 0);
  const drawing = draw(
    running,
    page,
    api.FPDF_GetPageWidthF(page),
    api.FPDF_GetPageHeightF(page),
    true,
    200 / 72,
  );
  api.FPDF_ClosePage(page);
  api.FPDF_CloseDocument(document);
  runtime.wasmExports.free(bytes);
  const { width, height, pixels } = drawing;
  const rgb = new Uint8Array(width * height * 3);
  for (let at = 0; at < width * height; at += 1) {
    rgb[at * 3] = pixels[at * 4 + 2] ?? 0;
    rgb[at * 3 + 1] = pixels[at * 4 + 1] ?? 0;
    rgb[at * 3 + 2] = pixels[at * 4] ?? 0;
  }
  return { width, height, rgb };
};

/** The same sheet laid askew on the glass: turned clockwise about its middle, with the scanner's noise. */
export const askew = ({ width, height, rgb }: Picture, degrees: number, noise = 0): Picture => {
  const [cos, sin] = [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)];
  const out = new Uint8Array(width * height * 3).fill(255);
  let seed = 1;
  const at = (x: number, y: number, channel: number): number =>
    x < 0 || y < 0 || x >= width || y >= height ? 255 : (rgb[(y * width + x) * 3 + channel] ?? 255);
  for (let y = 0; y < height; y += 1)
    for (let x = 0; x < width; x += 1) {
      const [dx, dy] = [x - width / 2, y - height / 2];
      const [fromX, fromY] = [dx * cos + dy * sin + width / 2, dy * cos - dx * sin + height / 2];
      const [left, top] = [Math.floor(fromX), Math.floor(fromY)];
      const [a, b] = [fromX - left, fromY - top];
      seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
      const grain = noise * (seed / 1_073_741_824 - 1);
      for (let channel = 0; channel < 3; channel += 1) {
        const mixed =
          (at(left, top, channel) * (1 - a) + at(left + 1, top, channel) * a) * (1 - b) +
          (at(left, top + 1, channel) * (1 - a) + at(left + 1, top + 1, channel) * a) * b;
        out[(y * width + x) * 3 + channel] = Math.min(255, Math.max(0, mixed + grain));
      }
    }
  return { width, height, rgb: out };
};

/** As a scanner hands it over: a PNG of 200 dpi. */
export const pngOf = ({ width, height, rgb }: Picture): Buffer => {
  const rows = Buffer.alloc(height * (width * 3 + 1));
  for (let y = 0; y < height; y += 1)
    rows.set(rgb.subarray(y * width * 3, (y + 1) * width * 3), y * (width * 3 + 1) + 1);
  const chunk = (type: string, data: Buffer): Buffer => {
    const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
    const ends = Buffer.alloc(8);
    ends.writeUInt32BE(data.length, 0);
    ends.writeUInt32BE(crc32(body), 4);
    return Buffer.concat([ends.subarray(0, 4), body, ends.subarray(4)]);
  };
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2], 8);
  const dots = Buffer.alloc(9);
  for (const at of [0, 4]) dots.writeUInt32BE(Math.round(200 / 0.0254), at);
  dots[8] = 1;
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    chunk('IHDR', header),
    chunk('pHYs', dots),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
};

/** A PDF whose only page shows the picture, as large as `points` says, with `beside` drawn as text. `inForm`: as some scanners' programs write it. */
export const pictured = (
  { width, height, rgb }: Picture,
  { x = 0, y = 0, wide = 595, high = 842 } = {},
  beside = '',
  inForm = false,
): Buffer =>
  handMadePdf({
    size: [Math.max(595, x + wide), wide > 595 ? high : 842],
    content: `q ${wide} 0 0 ${high} ${x} ${y} cm /I Do Q\n${beside}`,
    resources: `/XObject<</I ${inForm ? 7 : 6} 0 R>>`,
    objects: [
      streamObject(
        `/Type/XObject/Subtype/Image/Width ${width}/Height ${height}/ColorSpace/DeviceRGB/BitsPerComponent 8/Filter/FlateDecode`,
        deflateSync(rgb).toString('latin1'),
      ),
      ...(inForm
        ? [
            streamObject(
              '/Type/XObject/Subtype/Form/BBox[0 0 100 100]/Matrix[.01 0 0 .01 0 0]/Resources<</XObject<</I 6 0 R>>>>',
              'q 100 0 0 100 0 0 cm /I Do Q',
            ),
          ]
        : []),
    ],
  });
