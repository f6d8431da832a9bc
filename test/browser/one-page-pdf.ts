/** A PDF of one page, written by hand, with further objects from number 5 on. */
export const onePagePdf = ({
  lines = ['Notice of the office'],
  over = '',
  objects = [],
  trailer = '',
}: {
  /** What stands on the page, in Helvetica. */
  lines?: readonly string[];
  /** Operators that draw over them. */
  over?: string;
  objects?: readonly string[];
  trailer?: string;
}): Uint8Array => {
  const text = lines.map((line) => `(${line}) Tj 0 -40 Td`).join(' ');
  const content = `BT /F 18 Tf 60 700 Td ${text} ET ${over}`;
  const all = [
    '<</Type/Catalog/Pages 2 0 R>>',
    '<</Type/Pages/Kids[3 0 R]/Count 1>>',
    '<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>>>',
    `<</Length ${content.length}>>\nstream\n${content}\nendstream`,
    ...objects,
  ];
  let out = '%PDF-1.7\n';
  const places = all.map((body, n) => {
    const at = out.length;
    out += `${n + 1} 0 obj\n${body}\nendobj\n`;
    return `${String(at).padStart(10, '0')} 00000 n \n`;
  });
  const size = all.length + 1;
  const table = `xref\n0 ${size}\n0000000000 65535 f \n${places.join('')}`;
  return Buffer.from(
    `${out}${table}trailer\n<</Size ${size}/Root 1 0 R${trailer}>>\nstartxref\n${out.length}\n%%EOF\n`,
    'latin1',
  );
};
