/** What a content stream says: the bytes of its strings by the font they are shown in, and strings that are text themselves. */
export type Said = {
  /** Font name (as in the resources) and the bytes shown in it, in the order of the operators. */
  readonly shown: readonly { readonly font: string; readonly bytes: Buffer }[];
  /** Strings inside of dictionaries (ActualText, Alt, E) and names. */
  readonly aside: readonly string[];
};

const white = /[\0\t\n\f\r ]/;
const delimiter = /[\0\t\n\f\r ()<>[\]{}/%]/;
const escapes: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' };

/** A PDF text string: UTF-16 or UTF-8 with a mark, otherwise taken as UTF-8 and, where that fails, as Latin letters. */
export const textOf = (raw: Buffer): string => {
  if (raw[0] === 0xfe && raw[1] === 0xff) return new TextDecoder('utf-16be').decode(raw.subarray(2));
  if (raw[0] === 0xff && raw[1] === 0xfe) return new TextDecoder('utf-16le').decode(raw.subarray(2));
  const utf8 = raw.toString('utf8');
  return utf8.includes('\ufffd') ? raw.toString('latin1') : utf8.replace(/^\ufeff/, '');
};

const nameOf = (raw: string): string =>
  textOf(
    Buffer.from(
      raw.replace(/#([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
      'latin1',
    ),
  );

/** Reads a decoded content stream from front to back; whatever the bytes, it comes to their end. */
export const readContent = (bytes: Uint8Array): Said => {
  const source = Buffer.from(bytes).toString('latin1');
  const shown: { font: string; bytes: Buffer }[] = [];
  const aside: string[] = [];
  let font = '';
  let named = '';
  let inside = 0;
  let at = 0;
  const take = (raw: string): void => {
    const string = Buffer.from(raw, 'latin1');
    if (inside > 0) aside.push(textOf(string));
    else shown.push({ font, bytes: string });
  };
  while (at < source.length) {
    const here = source.charAt(at);
    if (white.test(here)) at += 1;
    else if (here === '%') {
      while (at < source.length && source.charAt(at) !== '\n' && source.charAt(at) !== '\r') at += 1;
    } else if (source.startsWith('<<', at)) {
      inside += 1;
      at += 2;
    } else if (source.startsWith('>>', at)) {
      inside = Math.max(0, inside - 1);
      at += 2;
    } else if (here === '<') {
      const end = source.indexOf('>', at);
      const hex = source.slice(at + 1, end === -1 ? source.length : end).replace(/[^0-9a-f]/gi, '');
      take(Buffer.from(hex.length % 2 === 0 ? hex : `${hex}0`, 'hex').toString('latin1'));
      at = end === -1 ? source.length : end + 1;
    } else if (here === '(') {
      let raw = '';
      let depth = 1;
      at += 1;
      for (; at < source.length; at += 1) {
        const character = source.charAt(at);
        if (character === '\\') {
          const octal = /^[0-7]{1,3}/.exec(source.slice(at + 1, at + 4))?.[0];
          if (octal !== undefined) {
            raw += String.fromCharCode(Number.parseInt(octal, 8) & 255);
            at += octal.length;
          } else {
            at += 1;
            const next = source.charAt(at);
            if (next !== '\n' && next !== '\r') raw += escapes[next] ?? next;
            else if (next === '\r' && source.charAt(at + 1) === '\n') at += 1;
          }
          continue;
        }
        if (character === '(') depth += 1;
        if (character === ')') depth -= 1;
        if (depth === 0) break;
        raw += character;
      }
      at += 1;
      take(raw);
    } else {
      const start = at;
      at += 1;
      while (at < source.length && !delimiter.test(source.charAt(at))) at += 1;
      const word = source.slice(start, at);
      if (here === '/') {
        named = word.slice(1);
        aside.push(nameOf(named));
      } else if (word === 'Tf') font = named;
      else if (word === 'ID') {
        const end = /[\0\t\n\f\r ]EI(?=[\0\t\n\f\r ]|$)/.exec(source.slice(at));
        at = end === null ? source.length : at + end.index + 3;
      }
    }
  }
  return { shown, aside };
};
