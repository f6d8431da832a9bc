import { createReadStream } from 'node:fs';
import type { Finding } from '@gongkai/core';
import { Collected } from '../office/collected.ts';
import { checkField } from '../office/word.ts';
import { refuse } from './refused.ts';

const deepest = 1_000;
/** Destinations whose text is of interest, and what it is. */
const destinations: Readonly<Record<string, 'field' | 'comment' | 'metadata' | 'template' | 'skip'>> = {
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

type Group = { destination: string; text: string; hidden: boolean; changed: boolean };

/** Reads an RTF as it streams: embedded objects, fetching fields, comments, revisions, hidden text. Throws `Refused`. */
export const examineRichText = async (path: string): Promise<Finding[]> => {
  const collected = new Collected();
  const groups: Group[] = [{ destination: '', text: '', hidden: false, changed: false }];
  let hidden = '';
  let changed = '';
  let rest = '';
  let skipBytes = 0;

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
    if (name === 'u' && value !== undefined) text(String.fromCharCode(Number(value) & 0xffff));
  };
  const text = (characters: string): void => {
    const group = groups.at(-1);
    if (!group || destinations[group.destination] === 'skip') return;
    if (group.destination !== '' && group.text.length < 5_000) group.text += characters;
    if (group.destination === '' && group.hidden && hidden.length < 5_000) hidden += characters;
    if (group.destination === '' && group.changed && changed.length < 5_000) changed += characters;
  };
  const close = (): void => {
    const group = groups.pop();
    if (!group) return;
    const what = destinations[group.destination];
    const own = group.text.trim();
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
    if (what === 'template' && /^(?:https?:|\\\\|\/\/|file:\/\/[^/])/i.test(own)) {
      refuse('external-reference', { part: 'template', target: own.slice(0, 120) });
    }
  };

  const token =
    /\\([a-zA-Z]{1,32})(-?\d{1,10})? ?|\\'([0-9a-fA-F]{2})|\\([^a-zA-Z])|([{}])|([^\\{}\r\n]+)|[\r\n]+/g;
  for await (const chunk of createReadStream(path, {
    encoding: 'latin1',
    highWaterMark: 1 << 18,
  }) as AsyncIterable<string>) {
    rest += chunk;
    token.lastIndex = 0;
    let used = 0;
    for (let match = token.exec(rest); match !== null; match = token.exec(rest)) {
      // A control word at the very end may go on in the next chunk.
      if (token.lastIndex > rest.length - 64 && match[0].startsWith('\\')) break;
      used = token.lastIndex;
      const [, control, value, hex, symbol, brace, plain] = match;
      if (control !== undefined) word(control, value);
      else if (brace === '{') {
        if (groups.length > deepest) refuse('xml-dangerous', { part: 'RTF' });
        const outer = groups.at(-1);
        groups.push({
          destination: outer?.destination ?? '',
          text: '',
          hidden: outer?.hidden ?? false,
          changed: outer?.changed ?? false,
        });
      } else if (brace === '}') close();
      else if (hex !== undefined) text(String.fromCharCode(Number.parseInt(hex, 16)));
      else if (symbol !== undefined) text(symbol === '~' ? ' ' : /[\\{}]/.test(symbol) ? symbol : '');
      else if (plain !== undefined) text(plain);
      if (skipBytes > 0) {
        used = Math.min(rest.length, used + skipBytes);
        token.lastIndex = used;
        skipBytes = 0;
      }
    }
    rest = rest.slice(used);
  }
  while (groups.length > 0) close();
  if (hidden.trim() !== '')
    collected.add({ kind: 'hidden-text', severity: 'high', rule: 'hidden-run', text: hidden, part: 'RTF' });
  if (changed.trim() !== '')
    collected.add({
      kind: 'tracked-change',
      severity: 'high',
      rule: 'rtf-change',
      text: changed,
      part: 'RTF',
    });
  return collected.all();
};
