/** What the first bytes say. `zip`, `ole` and `text` need a closer look to become a type. */
export type Magic =
  | 'zip'
  | 'ole'
  | 'pdf'
  | 'pdf-later'
  | 'rtf'
  | 'png'
  | 'jpg'
  | 'tiff'
  | 'html'
  | 'text'
  | { readonly other: string };

const others: readonly (readonly [string, string])[] = [
  ['GIF8', 'GIF'],
  ['BM', 'BMP'],
  ['RIFF', 'WebP/RIFF'],
  ['Rar!', 'RAR'],
  ['7z\xbc\xaf', '7z'],
  ['\x1f\x8b', 'gzip'],
  ['MZ', 'EXE'],
  ['\x7fELF', 'ELF'],
  ['\xdb\xa5', 'Word 2'],
  ['AT&TFORM', 'DjVu'],
  ['8BPS', 'PSD'],
  ['%!PS', 'PostScript'],
];

/** A GIF, BMP or RIFF head of two letters is also a word; only bytes that no text has make it binary. */
const binary = (head: Buffer): boolean => {
  const sample = head.subarray(0, 4096);
  let odd = 0;
  for (const byte of sample) if (byte < 9 || (byte > 13 && byte < 32 && byte !== 27)) odd += 1;
  return odd > sample.length / 100;
};

export const sniff = (head: Buffer): Magic => {
  const start = head.toString('latin1', 0, 1024 + 8);
  if (start.startsWith('%PDF-')) return 'pdf';
  if (start.startsWith('PK\x03\x04') || start.startsWith('PK\x05\x06'))
    return start.includes('%PDF-') ? 'pdf-later' : 'zip';
  if (start.startsWith('\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1')) return 'ole';
  if (/^\s*\{\\rtf/.test(start)) return 'rtf';
  if (start.startsWith('\x89PNG\r\n\x1a\n')) return start.includes('%PDF-') ? 'pdf-later' : 'png';
  if (start.startsWith('\xff\xd8\xff')) return start.includes('%PDF-') ? 'pdf-later' : 'jpg';
  if (start.startsWith('II*\0') || start.startsWith('MM\0*')) return 'tiff';
  if (start.includes('%PDF-') && /%PDF-\d\.\d[\s\S]*?(?:obj|%)/.test(start)) return 'pdf-later';
  const known = others.find(([magic]) => start.startsWith(magic));
  if (known && (binary(head) || known[0].length > 2)) return { other: known[1] };
  const utf16 = (head[0] === 0xff && head[1] === 0xfe) || (head[0] === 0xfe && head[1] === 0xff);
  if (!utf16 && binary(head)) return { other: head.includes(0) ? 'binary' : 'unknown' };
  const plain = utf16 ? head.toString('utf16le') : start;
  if (
    /^[\ufeff\xef\xbb\xbf\s]*(?:<!--[\s\S]*?-->\s*)*<(?:!doctype\s+html|html|head|body|script)[\s>]/i.test(
      plain,
    )
  )
    return 'html';
  return 'text';
};
