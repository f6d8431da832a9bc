import { TextDecoder } from 'node:util';
import { SaxesParser } from 'saxes';
import { Refused, refuse } from '../intake/refused.ts';

export type Attributes = Readonly<Record<string, string>>;
/** Called while the XML streams by; names with their prefix, as written. */
export type XmlReader = {
  readonly open?: (name: string, attributes: Attributes, depth: number) => void;
  readonly text?: (text: string) => void;
  readonly close?: (name: string, depth: number) => void;
};

/** Word nests tables in tables; 60 levels were the most in the corpus. */
export const deepest = 256;

/**
 * A consumer of bytes that parses XML as it arrives. No entity, no DTD: any DOCTYPE is refused (billion laughs,
 * XXE), saxes expands none in any case.
 */
export const xmlParser = (
  part: string,
  reader: XmlReader,
): { take: (chunk: Buffer) => void; end: () => void } => {
  const parser = new SaxesParser({ position: false });
  const dangerous = (): never => refuse('xml-dangerous', { part: part.slice(0, 80) });
  let depth = 0;
  let decoder: TextDecoder | undefined;
  let head: Buffer = Buffer.alloc(0);
  parser.on('doctype', dangerous);
  parser.on('error', (error) => {
    // An entity that nobody declared, or declared in a DTD that we refuse anyway.
    if (/entity/i.test(error.message)) dangerous();
    refuse('damaged', { detail: `${part.slice(0, 80)}: ${error.message.slice(0, 80)}` });
  });
  parser.on('opentag', ({ name, attributes }) => {
    depth += 1;
    if (depth > deepest) dangerous();
    reader.open?.(name, attributes as Attributes, depth);
  });
  parser.on('closetag', ({ name }) => {
    reader.close?.(name, depth);
    depth -= 1;
  });
  parser.on('text', (text) => reader.text?.(text));
  parser.on('cdata', (text) => reader.text?.(text));

  const start = (): TextDecoder => {
    if (head.length >= 2 && head[0] === 0xff && head[1] === 0xfe)
      return new TextDecoder('utf-16le', { fatal: true });
    if (head.length >= 2 && head[0] === 0xfe && head[1] === 0xff)
      return new TextDecoder('utf-16be', { fatal: true });
    // `<` and NUL: UTF-16 without a mark
    if (head[0] === 0x3c && head[1] === 0) return new TextDecoder('utf-16le', { fatal: true });
    return new TextDecoder('utf-8', { fatal: true });
  };
  const write = (chunk: Buffer, last: boolean): void => {
    try {
      decoder ??= start();
      const text = decoder.decode(chunk, { stream: !last });
      if (text !== '') parser.write(text);
    } catch (error) {
      if (error instanceof Refused) throw error;
      refuse('damaged', {
        detail: `${part.slice(0, 80)}: ${error instanceof Error ? error.message.slice(0, 80) : ''}`,
      });
    }
  };
  return {
    take: (chunk) => {
      if (decoder === undefined && head.length + chunk.length < 4) {
        head = Buffer.concat([head, chunk]);
        return;
      }
      const whole = head.length > 0 && decoder === undefined ? Buffer.concat([head, chunk]) : chunk;
      if (decoder === undefined) head = whole.subarray(0, 4);
      write(whole, false);
    },
    end: () => {
      write(decoder === undefined ? head : Buffer.alloc(0), true);
      try {
        parser.close();
      } catch (error) {
        if (error instanceof Refused) throw error;
        refuse('damaged', { detail: part.slice(0, 80) });
      }
    },
  };
};
