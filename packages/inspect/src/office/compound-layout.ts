import { refuse } from '../intake/refused.ts';

/** [MS-CFB] 2.1: what is no sector but ends or marks a chain. */
const firstMark = 0xfffffffa;
const none = 0xffffffff;

const broken = (what: string): never => refuse('damaged', { detail: `OLE: ${what}` });

/**
 * [MS-CFB]: every chain of sectors ends, stays in the file and visits no sector twice, and the directory is a tree. The
 * library that reads the streams takes all that on trust and follows a circle until its memory is full. Throws `Refused`.
 */
export const checkCompoundLayout = (file: Buffer): void => {
  if (file.length < 512) broken('header');
  const shift = file.readUInt16LE(30);
  if (shift !== 9 && shift !== 12) broken('header');
  const size = 1 << shift;
  const sectors = Math.ceil(file.length / size) - 1;
  const uint32 = (sector: number, index: number): number => {
    const at = (sector + 1) * size + index * 4;
    return at + 4 <= file.length ? file.readUInt32LE(at) : none;
  };
  const inFile = (sector: number): number =>
    sector < sectors ? sector : broken('a sector outside the file');

  // Where the table of sectors stands: 109 places in the header, the others in a chain of their own.
  const tableAt: number[] = [];
  const perSector = size / 4;
  for (let n = 0; n < 109; n += 1) tableAt.push(file.readUInt32LE(76 + n * 4));
  let seen = 0;
  for (let next = file.readUInt32LE(68); next < firstMark; next = uint32(next, perSector - 1)) {
    inFile(next);
    seen += 1;
    if (seen > sectors) broken('a chain without end');
    for (let n = 0; n < perSector - 1; n += 1) tableAt.push(uint32(next, n));
  }
  const table = tableAt.filter((sector) => sector < firstMark).map(inFile);
  const after = (sector: number): number => {
    const at = table[Math.floor(sector / perSector)];
    return at === undefined ? none : uint32(at, sector % perSector);
  };
  const chain = (start: number): readonly number[] => {
    const visited = new Set<number>();
    for (let next = start; next < firstMark; next = after(next)) {
      inFile(next);
      if (visited.has(next)) broken('a chain without end');
      visited.add(next);
    }
    return [...visited];
  };

  const directory = chain(file.readUInt32LE(48));
  const entries = (directory.length * size) / 128;
  const field = (entry: number, offset: number): number => {
    const sector = directory[Math.floor((entry * 128) / size)] ?? none;
    return uint32(sector, ((entry * 128) % size) / 4 + offset / 4);
  };
  const placed = new Set<number>();
  const waiting = [0];
  for (let entry = waiting.pop(); entry !== undefined; entry = waiting.pop()) {
    if (entry >= entries) broken('a directory entry that is not there');
    if (placed.has(entry)) broken('a directory in a circle');
    placed.add(entry);
    for (const offset of [68, 72, 76]) {
      const next = field(entry, offset);
      if (next < firstMark) waiting.push(next);
    }
  }

  // Small streams share one large one, cut into pieces of 64 bytes with a table of its own.
  const smallTable = chain(file.readUInt32LE(60));
  const small = (piece: number): number => {
    const at = smallTable[Math.floor(piece / perSector)];
    return at === undefined ? none : uint32(at, piece % perSector);
  };
  const cutoff = file.readUInt32LE(56);
  for (const entry of placed) {
    const [start, length] = [field(entry, 116), field(entry, 120)];
    if (length > file.length) broken('a stream longer than the file');
    if (entry === 0 || length >= cutoff) chain(start);
    else if (length > 0) {
      const visited = new Set<number>();
      for (let next = start; next < firstMark; next = small(next)) {
        if (visited.has(next)) broken('a chain without end');
        visited.add(next);
      }
    }
  }
};
