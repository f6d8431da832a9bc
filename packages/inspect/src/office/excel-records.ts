import { refuse } from '../intake/refused.ts';
import type { Collected } from './collected.ts';

const record = {
  filePass: 0x2f,
  boundSheet: 0x85,
  vba: 0xd3,
  externalBook: 0x1ae,
  columnInfo: 0x7d,
  row: 0x208,
  note: 0x1c,
  pivotCache: 0xd5,
  startOfFile: 0x809,
} as const;

const XLM_SHEET = 1;
const states = ['visible', 'hidden', 'veryHidden'];

/** Walks the BIFF records of an xls ([MS-XLS] 2.3): encryption, macros, hidden sheets, rows and columns, links. */
export const readExcelStream = (collected: Collected, bytes: Buffer): void => {
  let at = 0;
  let rows = 0;
  let columns = 0;
  let notes = 0;
  let pivot = false;
  while (at + 4 <= bytes.length) {
    const type = bytes.readUInt16LE(at);
    const length = bytes.readUInt16LE(at + 2);
    const body = bytes.subarray(at + 4, at + 4 + length);
    at += 4 + length;
    if (type === record.filePass) refuse('encrypted');
    if (type === record.vba) refuse('macros', { part: 'VBA' });
    if (type === record.boundSheet && body.length >= 8) {
      if (body[5] === XLM_SHEET) refuse('macros', { part: 'XLM' });
      const state = states[(body[4] ?? 0) & 3] ?? 'hidden';
      const count = body[6] ?? 0;
      const wide = ((body[7] ?? 0) & 1) === 1;
      const name = wide ? body.toString('utf16le', 8, 8 + count * 2) : body.toString('latin1', 8, 8 + count);
      if (state !== 'visible') {
        collected.add({
          kind: 'hidden-sheet',
          severity: 'high',
          rule: 'hidden-sheet',
          text: name,
          part: `sheet ${name} (${state})`,
        });
      }
    }
    if (type === record.row && body.length >= 16 && (body.readUInt16LE(12) & 0x20) !== 0) rows += 1;
    if (type === record.columnInfo && body.length >= 10 && (body.readUInt16LE(8) & 1) !== 0) columns += 1;
    if (type === record.note) notes += 1;
    if (type === record.pivotCache) pivot = true;
    // Own references are 4 bytes long; anything more names another file.
    if (type === record.externalBook && body.length > 4) {
      const text = body
        .subarray(4)
        .toString('latin1')
        .replace(/[^\x20-\x7e\u0080-\uffff]+/g, ' ')
        .trim();
      collected.add({
        kind: 'external-link',
        severity: 'high',
        rule: 'external-workbook',
        text,
        part: 'Workbook',
      });
    }
  }
  if (rows + columns > 0) {
    const text = `rows: ${rows}; columns: ${columns}`;
    collected.add({
      kind: 'hidden-rows-columns',
      severity: 'high',
      rule: 'hidden-rows-columns',
      text,
      part: 'Workbook',
    });
  }
  if (notes > 0)
    collected.add({
      kind: 'comment',
      severity: 'medium',
      rule: 'office-comment',
      text: `${notes}`,
      part: 'Workbook',
    });
  if (pivot)
    collected.add({
      kind: 'hidden-sheet',
      severity: 'high',
      rule: 'pivot-cache',
      text: 'SXDB',
      part: 'Workbook',
    });
};
