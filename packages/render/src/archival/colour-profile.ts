/** sRGB (IEC 61966-2-1) as an ICC profile, version 2, made from the numbers of the standard: no file of unclear licence. */

const s15 = (value: number): number => Math.round(value * 65536);

const tag = (type: string, body: Buffer): Buffer =>
  Buffer.concat([
    Buffer.from(type, 'latin1'),
    Buffer.alloc(4),
    body,
    Buffer.alloc((4 - (body.length % 4)) % 4),
  ]);

const xyz = (...values: readonly number[]): Buffer => {
  const body = Buffer.alloc(12);
  for (const [i, value] of values.entries()) body.writeInt32BE(s15(value), i * 4);
  return tag('XYZ ', body);
};

const description = (text: string): Buffer => {
  const ascii = Buffer.from(`${text}\0`, 'latin1');
  const length = Buffer.alloc(4);
  length.writeUInt32BE(ascii.length);
  // Then no Unicode text (8) and no Macintosh text (2 + 1 + 67).
  return tag('desc', Buffer.concat([length, ascii, Buffer.alloc(8 + 70)]));
};

/** The curve from a stored value to light, at 1,024 places. */
const curve = (): Buffer => {
  const places = 1024;
  const body = Buffer.alloc(4 + places * 2);
  body.writeUInt32BE(places);
  for (let i = 0; i < places; i++) {
    const value = i / (places - 1);
    const light = value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
    body.writeUInt16BE(Math.round(light * 65535), 4 + i * 2);
  }
  return tag('curv', body);
};

/** Primaries and white brought to D50, as ICC wants them. */
export const srgbProfile = (): Uint8Array => {
  const light = curve();
  const entries: readonly (readonly [string, Buffer])[] = [
    ['desc', description('sRGB IEC61966-2.1')],
    ['cprt', tag('text', Buffer.from('No copyright, use freely\0', 'latin1'))],
    ['wtpt', xyz(0.9642, 1, 0.8249)],
    ['rXYZ', xyz(0.43607, 0.22249, 0.01392)],
    ['gXYZ', xyz(0.38515, 0.71687, 0.09708)],
    ['bXYZ', xyz(0.14307, 0.06061, 0.7141)],
    ['rTRC', light],
    ['gTRC', light],
    ['bTRC', light],
  ];
  const table = Buffer.alloc(4 + entries.length * 12);
  table.writeUInt32BE(entries.length);
  const parts: Buffer[] = [];
  const places = new Map<Buffer, number>();
  let end = 128 + table.length;
  for (const [i, [signature, body]] of entries.entries()) {
    const place = places.get(body) ?? end;
    if (!places.has(body)) {
      places.set(body, place);
      parts.push(body);
      end += body.length;
    }
    table.write(signature, 4 + i * 12, 'latin1');
    table.writeUInt32BE(place, 8 + i * 12);
    table.writeUInt32BE(body.length, 12 + i * 12);
  }
  const header = Buffer.alloc(128);
  header.writeUInt32BE(end, 0);
  header.writeUInt32BE(0x02100000, 8);
  header.write('mntrRGB XYZ ', 12, 'latin1');
  for (const [i, part] of [2026, 1, 1, 0, 0, 0].entries()) header.writeUInt16BE(part, 24 + i * 2);
  header.write('acsp', 36, 'latin1');
  for (const [i, value] of [0.9642, 1, 0.8249].entries()) header.writeInt32BE(s15(value), 68 + i * 4);
  return Buffer.concat([header, table, ...parts]);
};
