/** Photographs for the tests, written out after EXIF 2.32 and TIFF 6.0: little-endian, every value behind its directory. */
type Entry = readonly [tag: number, type: number, count: number, value: Buffer];

const u16 = (value: number): Buffer => Buffer.from([value & 255, value >> 8]);
const u32 = (value: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
};

const directory = (entries: readonly Entry[], start: number, next = 0): Buffer => {
  const rows: Buffer[] = [];
  const values: Buffer[] = [];
  let at = start + 2 + entries.length * 12 + 4;
  for (const [tag, type, count, value] of entries) {
    const inline = value.length <= 4;
    rows.push(
      u16(tag),
      u16(type),
      u32(count),
      inline ? Buffer.concat([value, Buffer.alloc(4 - value.length)]) : u32(at),
    );
    if (inline) continue;
    values.push(value);
    at += value.length;
  }
  return Buffer.concat([u16(entries.length), ...rows, u32(next), ...values]);
};

const ASCII = 2;
const LONG = 4;
const RATIONAL = 5;
const text = (tag: number, words: string): Entry => {
  const bytes = Buffer.from(`${words}\0`);
  return [tag, ASCII, bytes.length, bytes];
};
const degrees = (tag: number, value: number): Entry => {
  const minutes = (value % 1) * 60;
  const parts = [Math.floor(value), 1, Math.floor(minutes), 1, Math.round((minutes % 1) * 6_000), 100];
  return [tag, RATIONAL, 3, Buffer.concat(parts.map(u32))];
};

export type Known = {
  readonly make?: string;
  readonly artist?: string;
  readonly description?: string;
  readonly place?: readonly [north: number, east: number];
  readonly thumbnail?: Buffer;
};

const tiff = ({ make, artist, description, place, thumbnail }: Known): Buffer => {
  const gps = place && [text(1, 'N'), degrees(2, place[0]), text(3, 'E'), degrees(4, place[1])];
  const first = (gpsAt: number): Entry[] => [
    ...(description === undefined ? [] : [text(0x010e, description)]),
    ...(make === undefined ? [] : [text(0x010f, make)]),
    ...(artist === undefined ? [] : [text(0x013b, artist)]),
    ...(gps === undefined ? [] : [[0x8825, LONG, 1, u32(gpsAt)] as const]),
  ];
  const gpsAt = 8 + directory(first(0), 8).length;
  const places = gps === undefined ? Buffer.alloc(0) : directory(gps, gpsAt);
  const secondAt = gpsAt + places.length;
  const second = (at: number): Buffer =>
    directory(
      [
        [0x0103, 3, 1, u16(6)],
        [0x0201, LONG, 1, u32(at)],
        [0x0202, LONG, 1, u32(thumbnail?.length ?? 0)],
      ],
      secondAt,
    );
  const behind = thumbnail === undefined ? [] : [second(secondAt + second(0).length), thumbnail];
  return Buffer.concat([
    Buffer.from('II*\0', 'latin1'),
    u32(8),
    directory(first(gpsAt), 8, thumbnail === undefined ? 0 : secondAt),
    places,
    ...behind,
  ]);
};

export const jpegSegment = (marker: number, body: Buffer | string): Buffer => {
  const bytes = Buffer.from(body);
  return Buffer.concat([
    Buffer.from([0xff, marker, (bytes.length + 2) >> 8, (bytes.length + 2) & 255]),
    bytes,
  ]);
};

/** `picture`: a JPEG without metadata, else only its frame, 16 × 16. */
export const handMadePhotograph = (known: Known, more: readonly Buffer[] = [], picture?: Buffer): Buffer => {
  const bare = picture ?? Buffer.from('ffd8ffc0000b080010001001011100ffda0008010100003f00d2cf20ffd9', 'hex');
  const exif = Buffer.concat([Buffer.from('Exif\0\0'), tiff(known)]);
  const own = Object.keys(known).length === 0 ? [] : [jpegSegment(0xe1, exif)];
  return Buffer.concat([bare.subarray(0, 2), ...own, ...more, bare.subarray(2)]);
};
