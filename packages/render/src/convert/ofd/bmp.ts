/** An uncompressed Windows bitmap of 1, 4, 8, 24 or 32 bits as RGBA, first row above; undefined for any other. */
export const readBmp = (
  bytes: Buffer,
  check: (width: number, height: number) => void,
): { data: Uint8Array; width: number; height: number } | undefined => {
  const header = bytes.readUInt32LE(14);
  if (header < 40) return undefined;
  const start = bytes.readUInt32LE(10);
  const width = bytes.readInt32LE(18);
  const signed = bytes.readInt32LE(22);
  const height = Math.abs(signed);
  const bits = bytes.readUInt16LE(28);
  const compression = bytes.readUInt32LE(30);
  if (compression !== 0 || ![1, 4, 8, 24, 32].includes(bits)) return undefined;
  check(width, height);
  const row = Math.ceil((width * bits) / 32) * 4;
  if (start + row * height > bytes.length) return undefined;
  const palette = 14 + header;
  const data = new Uint8Array(width * height * 4);
  for (let y = 0; y < height; y += 1) {
    const from = start + (signed > 0 ? height - 1 - y : y) * row;
    for (let x = 0; x < width; x += 1) {
      const bit = x * bits;
      const index =
        bits > 8 ? 0 : ((bytes[from + (bit >> 3)] ?? 0) >> (8 - bits - (bit & 7))) & ((1 << bits) - 1);
      const at = bits > 8 ? from + (x * bits) / 8 : palette + index * 4;
      data.set([bytes[at + 2] ?? 0, bytes[at + 1] ?? 0, bytes[at] ?? 0, 255], (y * width + x) * 4);
    }
  }
  return { data, width, height };
};
