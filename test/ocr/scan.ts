import { deflateSync } from 'node:zlib';
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

/** A PDF whose only page shows the picture, as large as `points` says, with `beside` drawn as text. */
export const pictured = (
  { width, height, rgb }: Picture,
  { x = 0, y = 0, wide = 595, high = 842 } = {},
  beside = '',
): Buffer =>
  handMadePdf({
    size: [595, 842],
    content: `q ${wide} 0 0 ${high} ${x} ${y} cm /I Do Q\n${beside}`,
    resources: '/XObject<</I 6 0 R>>',
    objects: [
      streamObject(
        `/Type/XObject/Subtype/Image/Width ${width}/Height ${height}/ColorSpace/DeviceRGB/BitsPerComponent 8/Filter/FlateDecode`,
        deflateSync(rgb).toString('latin1'),
      ),
    ],
  });
