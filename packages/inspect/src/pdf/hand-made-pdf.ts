/**
 * PDFs written by hand for the tests: only a file whose every byte is known can prove what is found in it.
 * Text is Latin; Helvetica needs no font file.
 */
export type HandMade = {
  readonly content: string;
  /** Points; 400 × 600. */
  readonly size?: readonly [width: number, height: number];
  readonly page?: string;
  readonly resources?: string;
  readonly catalog?: string;
  /** Further objects from number 6 on. */
  readonly objects?: readonly string[];
  /** The contents of further pages. */
  readonly more?: readonly string[];
  readonly info?: string;
  readonly trailer?: string;
};

const stream = (dictionary: string, body: string): string =>
  `<<${dictionary}/Length ${Buffer.byteLength(body, 'latin1')}>>\nstream\n${body}\nendstream`;

/** A stream object's source, for `objects`. */
export const streamObject = stream;

export const handMadePdf = (made: HandMade): Buffer => {
  const more = made.more ?? [];
  const after = 6 + (made.objects?.length ?? 0);
  const kids = [3, ...more.map((_, n) => after + 2 * n)].map((n) => `${n} 0 R`).join(' ');
  const objects = [
    `<</Type/Catalog/Pages 2 0 R${made.catalog ?? ''}>>`,
    `<</Type/Pages/Kids[${kids}]/Count ${more.length + 1}>>`,
    `<</Type/Page/Parent 2 0 R/MediaBox[0 0 ${(made.size ?? [400, 600]).join(' ')}]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>${made.resources ?? ''}>>${made.page ?? ''}>>`,
    stream('', made.content),
    '<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>',
    ...(made.objects ?? []),
    ...more.flatMap((content, n) => [
      `<</Type/Page/Parent 2 0 R/MediaBox[0 0 400 600]/Contents ${after + 2 * n + 1} 0 R/Resources<</Font<</F 5 0 R>>>>>>`,
      stream('', content),
    ]),
    ...(made.info ? [`<<${made.info}>>`] : []),
  ];
  let out = '%PDF-1.7\n';
  const offsets: number[] = [];
  for (const [index, body] of objects.entries()) {
    offsets.push(out.length);
    out += `${index + 1} 0 obj\n${body}\nendobj\n`;
  }
  const start = out.length;
  const lines = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
  out += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${lines}`;
  out += `trailer\n<</Size ${objects.length + 1}/Root 1 0 R${made.info ? `/Info ${objects.length} 0 R` : ''}${made.trailer ?? ''}>>\nstartxref\n${start}\n%%EOF\n`;
  return Buffer.from(out, 'latin1');
};

/** Puts a new revision behind the file that replaces the page's content. */
export const withRevision = (first: Buffer, content: string): Buffer => {
  const text = first.toString('latin1');
  const before = Number(/startxref\n(\d+)\n%%EOF\n$/.exec(text)?.[1] ?? 0);
  const size = /\/Size (\d+)/.exec(text)?.[1] ?? '6';
  const body = `4 0 obj\n${stream('', content)}\nendobj\n`;
  const start = text.length + body.length;
  const xref = `xref\n4 1\n${String(text.length).padStart(10, '0')} 00000 n \ntrailer\n<</Size ${size}/Root 1 0 R/Prev ${before}>>\nstartxref\n${start}\n%%EOF\n`;
  return Buffer.from(text + body + xref, 'latin1');
};

/** One line of Helvetica. */
export const line = (text: string, x: number, y: number, size = 12, before = '0 g 0 Tr'): string =>
  `BT ${before} /F ${size} Tf ${x} ${y} Td (${text}) Tj ET\n`;
