import { createReadStream } from 'node:fs';
import { TextDecoder } from 'node:util';
import type { FileType, Finding } from '@gongkai/core';
import { parse } from 'parse5';
import { Collected } from '../office/collected.ts';
import { checkHyperlink } from '../office/relationships.ts';
import { refuse } from './refused.ts';

export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'gb18030';

const chunks = (path: string): AsyncIterable<Buffer> => createReadStream(path, { highWaterMark: 1 << 18 });

const decodes = async (path: string, encoding: Encoding): Promise<boolean> => {
  const decoder = new TextDecoder(encoding, { fatal: true });
  try {
    for await (const chunk of chunks(path)) decoder.decode(chunk, { stream: true });
    decoder.decode();
    return true;
  } catch {
    return false;
  }
};

/** Hanzi and Chinese punctuation that a real text is made of; a wrong decoding gives rare ones. */
const plausible = (text: string): boolean => {
  const beyond = [...text].filter((character) => character > '\u007f');
  if (beyond.length === 0) return true;
  const usual = beyond.filter((character) =>
    /[\u4e00-\u9fa5\u3000-\u303f\uff00-\uffef\u2010-\u2027\u2460-\u24ff\u00b0-\u00b7]/u.test(character),
  );
  // The commonest Hanzi; GB18030 reads most byte pairs of other encodings as seldom ones.
  const common = beyond.filter((character) =>
    '的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所民得经十三之进着等部度家电力里如水化高自二理起小物现实加量都两体制机当使点从业本去把性好应开它合还因由其些然前外天政四日那社义事平形相全表间样与关各重新线内数正心反你明看原又么利比或但质气第向道命此变条只没结解问意建月公无系军很情者最立代想已通并提直题党程展五果料象员革位入常文总次品式活设及管特件长求老头基资边流路级少图山统接知较将组见计别她手角期根论运农指几九区强放决西被干做必战先回则任取据处队南给色光门即保治北造百规热领七海口东导器压志世金增争济阶油思术极交受联什认六共权收证改清己美再采转更单风切打白教速花带安场身车例真务具万每目至达走积示议声报斗完类八离华名确才科张信马节话米整空元况今集温传土许步群广石记需段研界拉林律叫且究观越织装影算低持音众书布复容儿须际商非验连断深难近矿千周委素技备半办青省列习响约支般史感劳便团往酸历市克何除消构府称太准精值号率族维划选标写存候毛亲快效斯院查江型眼王按格养易置派层片始却专状育厂京识适属圆包火住调满县局照参红细引听该铁价严镇村'.includes(
      character,
    ),
  );
  return usual.length / beyond.length > 0.9 && common.length / beyond.length > 0.3;
};

/** Tells the encoding by the bytes, not by what they claim. Refuses what does not decode exactly. */
export const tellEncoding = async (path: string, head: Buffer): Promise<Encoding> => {
  if (head[0] === 0xff && head[1] === 0xfe)
    return (await decodes(path, 'utf-16le')) ? 'utf-16le' : refuse('text-encoding', { detail: 'UTF-16' });
  if (head[0] === 0xfe && head[1] === 0xff)
    return (await decodes(path, 'utf-16be')) ? 'utf-16be' : refuse('text-encoding', { detail: 'UTF-16' });
  if (head.includes(0)) refuse('text-encoding', { detail: 'NUL' });
  if (/\+AD[w4]-|\+ACI-.*\+AD4-/.test(head.toString('latin1'))) refuse('text-encoding', { detail: 'UTF-7' });
  if (/[\u0001-\u0008\u000e-\u001a\u001c-\u001f]/.test(head.toString('latin1')))
    refuse('text-encoding', { detail: 'control characters' });
  if (await decodes(path, 'utf-8')) return 'utf-8';
  if (await decodes(path, 'gb18030')) {
    const text = new TextDecoder('gb18030').decode(head.subarray(0, 20_000));
    if (plausible(text.slice(0, -1))) return 'gb18030';
  }
  return refuse('text-encoding', { detail: 'UTF-8, GB18030' });
};

const charset = /<meta[^>]+charset\s*=\s*["']?\s*([\w-]+)/i;
const sameEncoding = (claimed: string, encoding: Encoding): boolean => {
  const name = claimed.toLowerCase().replace(/[-_]/g, '');
  if (encoding === 'gb18030') return /^(?:gb18030|gbk|gb2312)$/.test(name);
  return encoding.startsWith('utf-16') ? true : name === 'utf8';
};

/** The browser would read another text than we did (bad-inputs row 52). Plain ASCII is the same in both. */
const checkClaim = (text: string, encoding: Encoding): void => {
  const claimed = charset.exec(text.slice(0, 4096))?.[1];
  const ascii = !/[^\u0000-\u007f]/.test(text);
  if (claimed !== undefined && /utf-?7/i.test(claimed)) refuse('text-encoding', { detail: claimed });
  if (claimed !== undefined && !ascii && !sameEncoding(claimed, encoding)) {
    refuse('text-encoding', { detail: `${claimed} ≠ ${encoding}` });
  }
};

type Node = {
  readonly nodeName: string;
  readonly tagName?: string;
  readonly attrs?: readonly { readonly name: string; readonly value: string }[];
  readonly childNodes?: readonly Node[];
  readonly content?: Node;
  readonly data?: string;
  readonly value?: string;
};

const running = new Set(['script', 'iframe', 'object', 'embed', 'applet', 'frame', 'portal']);
const hiding =
  /display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0(?![.\d])|opacity\s*:\s*0(?![.\d])/i;

const textOf = (node: Node): string => node.value ?? (node.childNodes ?? []).map(textOf).join('');

/** Scripts, remote pictures, hidden elements and comments of an HTML file. The converter has no network in any case. */
const examineHtml = (collected: Collected, text: string): void => {
  const walk = (node: Node, depth: number): void => {
    if (depth > 500) refuse('xml-dangerous', { part: 'HTML' });
    if (node.nodeName === '#comment' && (node.data ?? '').trim() !== '') {
      collected.add({
        kind: 'comment',
        severity: 'low',
        rule: 'html-comment',
        text: node.data ?? '',
        part: 'HTML',
        removedByRender: true,
      });
    }
    const tag = node.tagName;
    if (tag !== undefined) {
      const attributes = node.attrs ?? [];
      const told = (kind: 'active-content' | 'external-link' | 'hidden-text', value: string): void =>
        collected.add({
          kind,
          severity: kind === 'external-link' ? 'low' : kind === 'hidden-text' ? 'high' : 'medium',
          rule: `html-${kind}`,
          text: value.slice(0, 2_000),
          part: `<${tag}>`,
          removedByRender: kind !== 'hidden-text',
        });
      if (running.has(tag))
        told('active-content', textOf(node) || attributes.map(({ value }) => value).join(' '));
      for (const { name, value } of attributes) {
        if (/^on[a-z]+$/i.test(name) || /^\s*(?:javascript|vbscript):/i.test(value))
          told('active-content', `${name}=${value}`);
        else if (tag === 'a' && name === 'href') checkHyperlink(collected, '<a>', value);
        else if (
          /^(?:src|href|background|data|poster|srcset|xlink:href)$/i.test(name) &&
          /^\s*(?:[a-z][a-z0-9+.-]*:)?\/\//i.test(value)
        ) {
          if (/^\s*file:/i.test(value))
            refuse('external-reference', { part: `<${tag}>`, target: value.slice(0, 120) });
          told('external-link', value);
        }
      }
      const style = attributes.find(({ name }) => name === 'style')?.value ?? '';
      const hidden = hiding.test(style) || attributes.some(({ name }) => name === 'hidden');
      if (hidden && textOf(node).trim() !== '') told('hidden-text', textOf(node));
    }
    for (const child of node.childNodes ?? []) walk(child, depth + 1);
    if (node.content) walk(node.content, depth + 1);
  };
  walk(parse(text) as unknown as Node, 0);
};

/** A cell that a spreadsheet would run as a formula (ASVS 1.2.10). */
const formula = /^(?:[=@\t\r]|[+-](?![\d.,\s%-]|$))/;

const examineCsv = (collected: Collected, text: string): void => {
  let first: string | undefined;
  let count = 0;
  for (const cell of text.split(/[,;\n]|\t(?!=)/)) {
    const plain = cell.replace(/^\s*"/, '').normalize('NFKC');
    if (!formula.test(plain)) continue;
    first ??= plain;
    count += 1;
  }
  if (first !== undefined) {
    collected.add({
      kind: 'active-content',
      severity: 'medium',
      rule: 'csv-formula',
      text: `${first.slice(0, 200)} (${count})`,
      part: 'CSV',
    });
  }
};

/** HTML and CSV are read whole: a text larger than this is not a document for people. */
const mostText = 20 * 1024 * 1024;

/** Examines txt, md, csv and html. Throws `Refused`. */
export const examineText = async (
  path: string,
  size: number,
  type: FileType,
  head: Buffer,
): Promise<Finding[]> => {
  if (size > mostText) refuse('too-large', { limit: `${mostText / 1024 / 1024} MB` });
  const encoding = await tellEncoding(path, head);
  const collected = new Collected();
  if (type === 'html' || type === 'csv') {
    const decoder = new TextDecoder(encoding);
    let text = '';
    for await (const chunk of chunks(path)) text += decoder.decode(chunk, { stream: true });
    if (type === 'html') {
      checkClaim(text, encoding);
      examineHtml(collected, text);
    } else examineCsv(collected, text);
  }
  return collected.all();
};
