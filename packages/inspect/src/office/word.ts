import { refuse } from '../intake/refused.ts';
import type { Attributes, XmlReader } from '../zip/xml-reader.ts';
import type { Collected } from './collected.ts';
import { noteDescription, noteWordArt } from './description.ts';
import { checkHyperlink } from './relationships.ts';

const changes: Readonly<Record<string, string>> = {
  'w:ins': '+',
  'w:del': '−',
  'w:moveFrom': '⇠',
  'w:moveTo': '⇢',
};
/** Fields that fetch something when the document is opened. */
const fetching = /^\s*\\?(INCLUDETEXT|INCLUDEPICTURE|INCLUDE|DDEAUTO|DDE|LINK|RD|DATABASE|IMPORT)\b\s*(.*)/i;
const linking = /^\s*HYPERLINK\s+"?([^"\s]+)/i;

const isOn = (attributes: Attributes): boolean => !/^(?:0|false|off)$/i.test(attributes['w:val'] ?? '1');

export const checkField = (collected: Collected, part: string, instruction: string): void => {
  const fetch = fetching.exec(instruction);
  if (fetch) refuse('external-reference', { part, target: instruction.trim().slice(0, 120) });
  const link = linking.exec(instruction)?.[1];
  if (link !== undefined && link !== '\\l') checkHyperlink(collected, part, link.replace(/\\\\/g, '\\'));
};

/** Ids of styles that hide their text. */
export const styleReader = (hidden: Set<string>): XmlReader => {
  let style = '';
  return {
    open: (name, attributes) => {
      if (name === 'w:style') style = attributes['w:styleId'] ?? '';
      if (name === 'w:vanish' && isOn(attributes) && style !== '') hidden.add(style);
    },
    close: (name) => {
      if (name === 'w:style') style = '';
    },
  };
};

type Gathering = {
  readonly depth: number;
  readonly kind: 'change' | 'comment';
  readonly mark: string;
  text: string;
};

/** Reads a story of a docx (document, header, footer, notes, comments): changes, comments, hidden text, fields. */
export const storyReader = (
  collected: Collected,
  part: string,
  hiddenStyles: ReadonlySet<string>,
): XmlReader => {
  const gathering: Gathering[] = [];
  const instructions: string[] = [];
  let runHidden = false;
  let paragraphHidden = false;
  let inRunProperties = 0;
  let inParagraphProperties = 0;
  let wantsText = false;
  let hidden = '';
  const flushHidden = (): void => {
    if (hidden.trim() !== '') {
      collected.add({ kind: 'hidden-text', severity: 'high', rule: 'hidden-run', text: hidden, part });
    }
    hidden = '';
  };
  return {
    open: (name, attributes, depth) => {
      noteDescription(collected, part, name, attributes);
      noteWordArt(collected, part, name, attributes);
      const mark = changes[name];
      if (mark !== undefined && inRunProperties === 0 && inParagraphProperties === 0) {
        gathering.push({ depth, kind: 'change', mark: `${mark}${attributes['w:author'] ?? ''}: `, text: '' });
      } else if (name === 'w:comment') {
        gathering.push({ depth, kind: 'comment', mark: `${attributes['w:author'] ?? ''}: `, text: '' });
      } else if (name === 'w:pPr') inParagraphProperties += 1;
      else if (name === 'w:rPr') inRunProperties += 1;
      else if (name === 'w:p') paragraphHidden = false;
      else if (name === 'w:r') runHidden = false;
      else if (name === 'w:vanish' && isOn(attributes)) {
        // In the paragraph's own properties it hides only the paragraph mark.
        if (inParagraphProperties === 0) runHidden = true;
      } else if (name === 'w:rStyle' && hiddenStyles.has(attributes['w:val'] ?? '')) runHidden = true;
      else if (name === 'w:pStyle' && hiddenStyles.has(attributes['w:val'] ?? '')) paragraphHidden = true;
      else if (name === 'w:fldSimple') checkField(collected, part, attributes['w:instr'] ?? '');
      else if (name === 'w:altChunk') refuse('embedded-object', { part: `${part} altChunk` });
      else if (name === 'w:fldChar' && attributes['w:fldCharType'] === 'begin') instructions.push('');
      else if (name === 'w:fldChar' && instructions.length > 0)
        checkField(collected, part, instructions.pop() ?? '');
      wantsText =
        name === 'w:t' || name === 'w:delText' || name === 'w:instrText' || name === 'w:delInstrText';
      if (wantsText && /instr/i.test(name) && instructions.length === 0) instructions.push('');
      if (name === 'w:instrText') wantsText = true;
    },
    text: (text) => {
      if (!wantsText) return;
      if (instructions.length > 0) {
        instructions[instructions.length - 1] += text;
        if ((instructions.at(-1)?.length ?? 0) > 100_000) refuse('xml-dangerous', { part });
        return;
      }
      for (const open of gathering) if (open.text.length < 2_000) open.text += text;
      if ((runHidden || paragraphHidden) && hidden.length < 2_000) hidden += text;
    },
    close: (name, depth) => {
      if (name === 'w:pPr') inParagraphProperties -= 1;
      if (name === 'w:rPr') inRunProperties -= 1;
      if (name === 'w:p') {
        flushHidden();
        for (const open of gathering) open.text += ' ';
      }
      const last = gathering.at(-1);
      if (last && last.depth === depth) {
        gathering.pop();
        const text = last.text.trim();
        if (last.kind === 'comment' || text !== '') {
          collected.add({
            kind: last.kind === 'comment' ? 'comment' : 'tracked-change',
            severity: last.kind === 'comment' ? 'medium' : 'high',
            rule: last.kind === 'comment' ? 'word-comment' : 'word-change',
            text: last.mark + text,
            part,
          });
        }
      }
      wantsText = false;
    },
  };
};
