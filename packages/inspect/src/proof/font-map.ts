/** How the codes of a font read, from its ToUnicode map: code in hex → characters. */
export type FontMap = { readonly bytes: 1 | 2; readonly characters: ReadonlyMap<string, string> };

const widest = 0xffff;

const characters = (hex: string): string => {
  const bytes = Buffer.from(hex.length % 4 === 0 ? hex : '', 'hex');
  return new TextDecoder('utf-16be').decode(bytes);
};

const following = (text: string, by: number): string => {
  const last = text.charCodeAt(text.length - 1);
  return text === '' ? '' : text.slice(0, -1) + String.fromCharCode((last + by) & widest);
};

export const fontMap = (cmap: string, bytes: 1 | 2): FontMap => {
  const map = new Map<string, string>();
  const code = (value: number): string => value.toString(16).padStart(bytes * 2, '0');
  for (const [, block = ''] of cmap.matchAll(/beginbfchar([\s\S]*?)endbfchar/g))
    for (const [, from = '', to = ''] of block.matchAll(/<([0-9a-f\s]+)>\s*<([0-9a-f\s]*)>/gi))
      map.set(code(Number.parseInt(from.replace(/\s/g, ''), 16)), characters(to.replace(/\s/g, '')));
  for (const [, block = ''] of cmap.matchAll(/beginbfrange([\s\S]*?)endbfrange/g))
    for (const [, low = '', high = '', one, many = ''] of block.matchAll(
      /<([0-9a-f]+)>\s*<([0-9a-f]+)>\s*(?:<([0-9a-f]+)>|\[([^\]]*)\])/gi,
    )) {
      const [from, to] = [Number.parseInt(low, 16), Number.parseInt(high, 16)];
      const list = [...many.matchAll(/<([0-9a-f]+)>/gi)].map(([, hex = '']) => characters(hex));
      for (let step = 0; step <= Math.min(to - from, widest); step += 1)
        map.set(code(from + step), one === undefined ? (list[step] ?? '') : following(characters(one), step));
    }
  return { bytes, characters: map };
};

/** The bytes of a string as text; without a map, as Latin letters. */
export const read = (map: FontMap | undefined, bytes: Buffer): string => {
  if (map === undefined || map.characters.size === 0) return bytes.toString('latin1');
  const hex = bytes.toString('hex');
  let out = '';
  for (let at = 0; at < hex.length; at += map.bytes * 2)
    out += map.characters.get(hex.slice(at, at + map.bytes * 2)) ?? '';
  return out;
};
