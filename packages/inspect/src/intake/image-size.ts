export type ImageSize = {
  readonly format: 'png' | 'jpg' | 'tiff' | 'gif' | 'bmp' | 'webp';
  readonly width: number;
  readonly height: number;
};

/** 100 megapixels: A3 at 600 dpi has 70. A side longer than this overflows many readers. */
export const limits = { pixels: 100_000_000, side: 30_000 } as const;

const jpeg = (head: Buffer): ImageSize | undefined => {
  let at = 2;
  while (at + 9 < head.length) {
    if (head[at] !== 0xff) return undefined;
    const marker = head[at + 1] ?? 0;
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    const frame = marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
    if (frame) return { format: 'jpg', height: head.readUInt16BE(at + 5), width: head.readUInt16BE(at + 7) };
    at += 2 + head.readUInt16BE(at + 2);
  }
  return undefined;
};

const tiff = (head: Buffer): ImageSize | undefined => {
  const little = head[0] === 0x49;
  const short = (at: number): number => (little ? head.readUInt16LE(at) : head.readUInt16BE(at));
  const long = (at: number): number => (little ? head.readUInt32LE(at) : head.readUInt32BE(at));
  const directory = long(4);
  if (directory + 2 > head.length) return undefined;
  let width = 0;
  let height = 0;
  for (let entry = 0; entry < short(directory); entry++) {
    const at = directory + 2 + entry * 12;
    if (at + 12 > head.length) break;
    const value = short(at + 2) === 3 ? short(at + 8) : long(at + 8);
    if (short(at) === 256) width = value;
    if (short(at) === 257) height = value;
  }
  return width > 0 && height > 0 ? { format: 'tiff', width, height } : undefined;
};

/** Width and height from the header alone; nothing is decoded. Undefined when it is none of these formats. */
export const imageSize = (head: Buffer): ImageSize | undefined => {
  if (head.length < 30) return undefined;
  if (head.readUInt32BE(0) === 0x89504e47)
    return { format: 'png', width: head.readUInt32BE(16), height: head.readUInt32BE(20) };
  if (head[0] === 0xff && head[1] === 0xd8) return jpeg(head);
  const start = head.toString('latin1', 0, 4);
  if (start === 'II*\0' || start === 'MM\0*') return tiff(head);
  if (start === 'GIF8') return { format: 'gif', width: head.readUInt16LE(6), height: head.readUInt16LE(8) };
  if (start.startsWith('BM'))
    return { format: 'bmp', width: head.readInt32LE(18), height: Math.abs(head.readInt32LE(22)) };
  return undefined;
};

export const isFlood = ({ width, height }: ImageSize): boolean =>
  width * height > limits.pixels || width > limits.side || height > limits.side;
