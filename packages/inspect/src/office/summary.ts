import iconv from 'iconv-lite';
import type { Collected } from './collected.ts';

/** [MS-OLEPS]: property ids that name people, offices or contents. */
const fields: Readonly<Record<string, Readonly<Record<number, string>>>> = {
  SummaryInformation: {
    2: 'title',
    3: 'subject',
    4: 'author',
    5: 'keywords',
    6: 'comments',
    8: 'lastAuthor',
  },
  DocumentSummaryInformation: { 2: 'category', 14: 'manager', 15: 'company' },
};
const LPSTR = 0x1e;
const LPWSTR = 0x1f;
const codePages: Readonly<Record<number, string>> = {
  936: 'gb18030',
  950: 'big5',
  1200: 'utf16le',
  65001: 'utf8',
  932: 'shift_jis',
};

/** Reads the first section of a property set stream. Damaged ones tell nothing: they are dropped by conversion. */
export const readSummary = (collected: Collected, bytes: Buffer, part: string): void => {
  if (bytes.length < 48) return;
  const section = bytes.readUInt32LE(44);
  if (section + 8 > bytes.length) return;
  const count = Math.min(bytes.readUInt32LE(section + 4), 200);
  const places = new Map<number, number>();
  for (let index = 0; index < count; index++) {
    const at = section + 8 + index * 8;
    if (at + 8 > bytes.length) return;
    places.set(bytes.readUInt32LE(at), section + bytes.readUInt32LE(at + 4));
  }
  const codePageAt = places.get(1);
  const codePage =
    codePageAt !== undefined && codePageAt + 6 <= bytes.length ? bytes.readUInt16LE(codePageAt + 4) : 1252;
  for (const [id, field] of Object.entries(fields[part] ?? {})) {
    const at = places.get(Number(id));
    if (at === undefined || at + 8 > bytes.length) continue;
    const type = bytes.readUInt32LE(at);
    const length = bytes.readUInt32LE(at + 4);
    if (length > 10_000) continue;
    const raw = bytes.subarray(at + 8, at + 8 + (type === LPWSTR ? length * 2 : length));
    const decoded =
      type === LPWSTR
        ? raw.toString('utf16le')
        : type === LPSTR
          ? iconv.decode(raw, codePages[codePage] ?? 'latin1')
          : '';
    const text = decoded.replace(/\u0000.*$/s, '').trim();
    if (text === '') continue;
    collected.add({
      kind: 'metadata',
      severity: 'low',
      rule: 'office-property',
      text,
      part: `${part} ${field}`,
      removedByRender: true,
    });
  }
};
