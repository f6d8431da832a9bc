import { createReadStream } from 'node:fs';
import type { Finding } from '@gongkai/core';
import iconv from 'iconv-lite';
import { Collected } from '../office/collected.ts';
import { checkField } from '../office/word.ts';
import { refuse } from './refused.ts';

const deepest = 1_000;
/** Destinations whose text is of interest, and what it is. */
const destinations: Readonly<
  Record<string, 'field' | 'comment' | 'metadata' | 'template' | 'name' | 'value' | 'skip'>
> = {
  fldinst: 'field',
  annotation: 'comment',
  author: 'metadata',
  operator: 'metadata',
  company: 'metadata',
  manager: 'metadata',
  title: 'metadata',
  subject: 'metadata',
  keywords: 'metadata',
  doccomm: 'metadata',
  template: 'template',
  sn: 'name',
  sv: 'value',
  pict: 'skip',
  fonttbl: 'skip',
  colortbl: 'skip',
  stylesheet: 'skip',
  themedata: 'skip',
  datastore: 'skip',
  listtable: 'skip',
  revtbl: 'skip',
  atnid: 'skip',
};

const codePages: Readonly<Record<string, string>> = {
  936: 'gb18030',
  950: 'big5',
  1252: 'latin1',
  65001: 'utf8',
};

type Group = { destination: string; text: string; hidden: boolean; changed: boolean };

/** Reads an RTF as it streams: embedded objects, fetching fields, comments, revisions, hidden text. Throws `Refused`. */
export const examineRichText = async (path: string): Promise<Finding[]> => {
  const collected = new Collected();
  const groups: Group[] = [{ destination: '', text: '', hidden: false, changed: false }];
  let hidden = '';
  let changed = '';
  let rest = '';
  let skipBytes = 0;
  let codePage = 'gb18030';
  /** Of the property of a shape whose value comes next. */
  let property = '';
  /** The next character only stands in for the \u before it. */
  let fallback = false;
  const readable = (raw: string): string =>
    raw.replace(/[\x80-\xff]+/g, (bytes) => iconv.decode(Buffer.from(bytes, 'latin1'), codePage));

  const word = (name: string, value: string | undefined): void => {
    const group = groups.at(-1);
    if (!group) return;
    if (/^(?:object|objdata|objemb|objlink|objautlink|objocx)$/.test(name))
      refuse('embedded-object', { part: `\\${name}` });
    if (name in destinations) group.destination = name;
    if (name === 'v') group.hidden = value !== '0';
    if (name === 'deleted' || name === 'revised') group.changed = value !== '0';
    if (name === 'plain') {
      group.hidden = false;
      group.changed = false;
    }
    if (name === 'bin') skipBytes = Math.max(0, Number(value ?? 0));
    if (name === 'ansicpg') codePage = codePages[value ?? ''] ?? codePage;
    if (name === 'u' && value !== undefined) {
      text(String.fromCharCode(Number(value) & 0xffff));
      fallback = true;
    }
  };
  const text = (all: string): void => {
    const characters = fallback ? all.slice(1) : all;
    fallback = false;
    const group = groups.at(-1);
    if (!group || destinations[group.destination] === 'skip') return;
    if (group.destination !== '' && group.text.length < 5_000) group.text += characters;
    if (group.destination === '' && group.hidden && hidden.length < 5_000) hidden += characters;
    if (group.destination === '' && group.changed && changed.length < 5_000) changed += characters;
  };
  const open = (): void => {
    if (groups.length > deepest) refuse('xml-dangerous', { part: 'RTF' });
    const outer = groups.at(-1);
    groups.push({
      destination: outer?.destination ?? '',
      text: '',
      hidden: outer?.hidden ?? false,
      changed: outer?.changed ?? false,
    });
  };
  const close = (): void => {
    const group = groups.pop();
    if (!group) return;
    const what = destinations[group.destination];
    const own = readable(group.text).trim();
    if (own === '') return;
    if (groups.at(-1)?.destination === group.destination) {
      const outer = groups.at(-1);
      if (outer) outer.text += group.text;
      return;
    }
    if (what === 'field') checkField(collected, 'fldinst', own);
    if (what === 'comment')
      collected.add({
        kind: 'comment',
        severity: 'medium',
        rule: 'rtf-comment',
        text: own,
        part: 'annotation',
      });
    if (what === 'metadata') {
      collected.add({
        kind: 'metadata',
        severity: 'low',
        rule: 'office-property',
        text: own,
        part: `info ${group.destination}`,
        removedByRender: true,
      });
    }
    if (what === 'name') property = own;
    // Drawn by conversion as outlines, as in a docx (noteWordArt).
    if (what === 'value' && property === 'gtextUNICODE')
      collected.add({ kind: 'hidden-text', severity: 'low', rule: 'word-art', text: own, part: 'shape' });
    if (what === 'template' && /^(?:https?:|\\\\|\/\/|file:\/\/[^/])/i.test(own)) {
      refuse('external-reference', { part: 'template', target: own.slice(0, 120) });
    }
  };

  const token =
    /\\([a-zA-Z]{1,32})(-?\d{1,10})? ?|\\'([0-9a-fA-F]{2})|\\([^a-zA-Z])|([{}])|([^\\{}\r\n]+)|[\r\n]+/g;
  const consume = (last: boolean): void => {
    const skipped = Math.min(skipBytes, rest.length);
    skipBytes -= skipped;
    rest = rest.slice(skipped);
    token.lastIndex = 0;
    let used = 0;
    for (let match = token.exec(rest); match !== null; match = token.exec(rest)) {
      // A control word at the very end may go on in the next chunk.
      if (!last && match[0].startsWith('\\') && token.lastIndex > rest.length - 64) break;
      used = token.lastIndex;
      const [, control, value, hex, symbol, brace, plain] = match;
      if (control !== undefined) word(control, value);
      else if (brace === '{') open();
      else if (brace === '}') close();
      else if (hex !== undefined) text(String.fromCharCode(Number.parseInt(hex, 16)));
      else if (symbol !== undefined) text(symbol === '~' ? ' ' : /[\\{}]/.test(symbol) ? symbol : '');
      else if (plain !== undefined) text(plain);
      if (skipBytes > 0) {
        const inside = Math.min(skipBytes, rest.length - used);
        skipBytes -= inside;
        used += inside;
        token.lastIndex = used;
      }
    }
    rest = rest.slice(used);
  };
  const stream = createReadStream(path, { encoding: 'latin1', highWaterMark: 1 << 18 });
  for await (const chunk of stream as AsyncIterable<string>) {
    rest += chunk;
    consume(false);
  }
  consume(true);
  while (groups.length > 0) close();
  if (hidden.trim() !== '')
    collected.add({
      kind: 'hidden-text',
      severity: 'high',
      rule: 'hidden-run',
      text: readable(hidden),
      part: 'RTF',
    });
  if (changed.trim() !== '')
    collected.add({
      kind: 'tracked-change',
      severity: 'high',
      rule: 'rtf-change',
      text: readable(changed),
      part: 'RTF',
    });
  return collected.all();
};
