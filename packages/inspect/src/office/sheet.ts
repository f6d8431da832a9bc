import { refuse } from '../intake/refused.ts';
import type { XmlReader } from '../zip/xml-reader.ts';
import type { Collected } from './collected.ts';

const local = (name: string): string => name.slice(name.indexOf(':') + 1);
/** Without width or height as good as hidden. */
const isZero = (value: string | undefined): boolean => value !== undefined && Number(value) === 0;
const isTrue = (value: string | undefined): boolean => value === '1' || value === 'true';

/** xl/workbook.xml: sheets that a reader does not see, and names that hold what no cell shows. */
export const workbookReader = (collected: Collected): XmlReader => {
  let named: { name: string; hidden: boolean; text: string } | undefined;
  return {
    open: (name, attributes) => {
      const state = attributes.state ?? attributes.visibility;
      if (local(name) === 'sheet' && (state === 'hidden' || state === 'veryHidden')) {
        collected.add({
          kind: 'hidden-sheet',
          severity: 'high',
          rule: 'hidden-sheet',
          text: attributes.name ?? '',
          part: `sheet ${attributes.name ?? ''} (${state})`,
        });
      }
      if (local(name) === 'definedName')
        named = { name: attributes.name ?? '', hidden: isTrue(attributes.hidden), text: '' };
    },
    text: (text) => {
      if (named !== undefined && named.text.length < 10_000) named.text += text;
    },
    close: (name) => {
      if (local(name) !== 'definedName' || named === undefined) return;
      const { name: own, hidden, text } = named;
      named = undefined;
      // Excel's own (_xlnm…, _xlfn…) only name ranges; a text in quotes stands in no cell.
      if (/^_xl/.test(own) || !(hidden || text.trim().startsWith('"'))) return;
      collected.add({
        kind: 'hidden-text',
        severity: 'medium',
        rule: 'defined-name',
        text: `${own}: ${text}`,
        part: 'xl/workbook.xml',
      });
    },
  };
};

/** xl/styles.xml: a number format of semicolons alone shows nothing of what is in its cells. */
export const cellFormatReader = (collected: Collected, part: string): XmlReader => ({
  open: (name, attributes) => {
    if (local(name) === 'numFmt' && /^;{2,}$/.test((attributes.formatCode ?? '').trim()))
      collected.add({
        kind: 'hidden-rows-columns',
        severity: 'medium',
        rule: 'hidden-cells',
        text: attributes.formatCode ?? '',
        part,
      });
  },
});

/** xl/worksheets/*.xml: hidden rows and columns, one finding a sheet, and formulas that start programs. */
export const worksheetReader = (collected: Collected, part: string): XmlReader & { end: () => void } => {
  const rows: string[] = [];
  const columns: string[] = [];
  let formula: string | undefined;
  return {
    open: (name, attributes) => {
      const element = local(name);
      if (element === 'row' && (isTrue(attributes.hidden) || isZero(attributes.ht)))
        rows.push(attributes.r ?? '?');
      if (element === 'col' && (isTrue(attributes.hidden) || isZero(attributes.width)))
        columns.push(`${attributes.min ?? '?'}-${attributes.max ?? '?'}`);
      if (element === 'f') formula = '';
    },
    text: (text) => {
      if (formula !== undefined && formula.length < 10_000) formula += text;
    },
    close: (name) => {
      if (local(name) !== 'f' || formula === undefined) return;
      // DDE: =cmd|'/c calc'!A1
      if (/\b[A-Za-z]\w*\|'/.test(formula))
        refuse('external-reference', { part, target: formula.slice(0, 120) });
      formula = undefined;
    },
    end: () => {
      if (rows.length + columns.length === 0) return;
      const text = [
        rows.length > 0
          ? `rows ${rows.slice(0, 60).join(', ')}${rows.length > 60 ? ` … (${rows.length})` : ''}`
          : '',
        columns.length > 0 ? `columns ${columns.slice(0, 60).join(', ')}` : '',
      ];
      collected.add({
        kind: 'hidden-rows-columns',
        severity: 'high',
        rule: 'hidden-rows-columns',
        text: text.filter(Boolean).join('; '),
        part,
      });
    },
  };
};

/** xl/externalLinks/*.xml: cached values of another workbook; a DDE link is refused. */
export const externalLinkReader = (part: string): XmlReader => ({
  open: (name, attributes) => {
    if (local(name) === 'ddeLink') {
      refuse('external-reference', {
        part,
        target: `DDE ${attributes.ddeService ?? ''} ${attributes.ddeTopic ?? ''}`,
      });
    }
  },
});
