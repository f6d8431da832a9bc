import { TextDecoder } from 'node:util';
import { SaxesParser } from 'saxes';
import { damaged } from './undrawable.ts';

/** Names are local: OFD's namespace has had three addresses, and some programs write none. */
export type Element = {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly Element[];
  readonly text: string;
};

const local = (name: string): string => name.slice(name.indexOf(':') + 1);
const deepest = 256;

/** Reads one part. A DOCTYPE was refused at intake and is refused here too. Throws `Undrawable`. */
export const readXml = (bytes: Uint8Array, part: string): Element => {
  type Open = { name: string; attributes: Record<string, string>; children: Element[]; text: string };
  const root: Open = { name: '', attributes: {}, children: [], text: '' };
  const open: Open[] = [root];
  const parser = new SaxesParser({ position: false });
  const top = (): Open => open.at(-1) ?? root;
  parser.on('doctype', () => damaged(`${part}: DOCTYPE`));
  parser.on('error', (error) => damaged(`${part}: ${error.message}`));
  parser.on('opentag', ({ name, attributes }) => {
    if (open.length > deepest) damaged(`${part}: depth`);
    const own = Object.entries(attributes as Record<string, string>).map(([key, value]) => [
      local(key),
      value,
    ]);
    const element: Open = { name: local(name), attributes: Object.fromEntries(own), children: [], text: '' };
    top().children.push(element);
    open.push(element);
  });
  parser.on('closetag', () => {
    open.pop();
  });
  const add = (text: string): void => {
    top().text += text;
  };
  parser.on('text', add);
  parser.on('cdata', add);
  const utf16 = bytes[1] === 0 || bytes[0] === 0xff;
  try {
    parser.write(new TextDecoder(utf16 ? 'utf-16le' : 'utf-8', { fatal: true }).decode(bytes)).close();
  } catch (error) {
    if (error instanceof TypeError) damaged(`${part}: ${error.message}`);
    throw error;
  }
  return root.children[0] ?? damaged(`${part}: empty`);
};

export const child = (element: Element | undefined, name: string): Element | undefined =>
  element?.children.find((it) => it.name === name);
export const childrenOf = (element: Element | undefined, name: string): readonly Element[] =>
  element?.children.filter((it) => it.name === name) ?? [];
export const textOf = (element: Element | undefined): string | undefined => {
  const text = element?.text.trim();
  return text === '' ? undefined : text;
};

/** A list of numbers; `g n v` stands for n times v (GB/T 33190 §11.3, DeltaX). */
export const numbers = (list: string | undefined): number[] => {
  const tokens = list?.trim().split(/[\s,]+/) ?? [];
  const out: number[] = [];
  for (let at = 0; at < tokens.length; at += 1) {
    if (tokens[at] === 'g') {
      const [count, value] = [Number(tokens[at + 1]), Number(tokens[at + 2])];
      if (!(count >= 0 && count <= 100_000)) damaged(`g ${tokens[at + 1]}`);
      for (let i = 0; i < count; i += 1) out.push(value);
      at += 2;
    } else if (tokens[at] !== '') out.push(Number(tokens[at]));
  }
  return out.some((it) => !Number.isFinite(it)) ? damaged(`numbers: ${list?.slice(0, 60)}`) : out;
};

export const numberOf = (element: Element, attribute: string): number | undefined => {
  const value = element.attributes[attribute];
  return value === undefined ? undefined : numbers(value)[0];
};

/** `undefined` when it is not said. */
export const flag = (element: Element, attribute: string): boolean | undefined => {
  const value = element.attributes[attribute];
  return value === undefined ? undefined : /^(?:true|1)$/i.test(value.trim());
};
