/** Orientation and resolution out of TIFF-shaped metadata (EXIF 2.32 in JPEG, and TIFF 6.0 itself). */
export type Shot = {
  /** 1 to 8, as EXIF tag 0x0112 counts them; 1 is upright. */
  readonly orientation: number;
  readonly dpi: number | undefined;
};

const ORIENTATION = 0x0112;
const X_RESOLUTION = 0x011a;
const RESOLUTION_UNIT = 0x0128;
const CENTIMETRES = 3;

export const upright: Shot = { orientation: 1, dpi: undefined };

export const orientationOf = (value: number | undefined): number =>
  value !== undefined && Number.isInteger(value) && value >= 1 && value <= 8 ? value : 1;

/** `unit` 1 means "no unit": the number is only a ratio. */
export const dpiOf = (resolution: number | undefined, unit: number | undefined): number | undefined => {
  if (resolution === undefined || !Number.isFinite(resolution) || resolution <= 0 || unit === 1)
    return undefined;
  return unit === CENTIMETRES ? resolution * 2.54 : resolution;
};

/** Reads the first directory of a TIFF header at the start of `bytes`. Anything unreadable counts as not said. */
export const readExif = (bytes: Buffer): Shot => {
  try {
    const little = bytes.toString('latin1', 0, 2) === 'II';
    const u16 = (at: number): number => (little ? bytes.readUInt16LE(at) : bytes.readUInt16BE(at));
    const u32 = (at: number): number => (little ? bytes.readUInt32LE(at) : bytes.readUInt32BE(at));
    const directory = u32(4);
    const values = new Map<number, number>();
    for (let i = 0; i < u16(directory); i++) {
      const entry = directory + 2 + i * 12;
      const tag = u16(entry);
      if (tag === ORIENTATION || tag === RESOLUTION_UNIT) values.set(tag, u16(entry + 8));
      if (tag === X_RESOLUTION) values.set(tag, u32(u32(entry + 8)) / u32(u32(entry + 8) + 4));
    }
    return {
      orientation: orientationOf(values.get(ORIENTATION)),
      dpi: dpiOf(values.get(X_RESOLUTION), values.get(RESOLUTION_UNIT)),
    };
  } catch (error) {
    if (error instanceof RangeError) return upright;
    throw error;
  }
};
