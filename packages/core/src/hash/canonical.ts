/**
 * Canonical JSON (RFC 8785): the same value gives the same text on every machine, so that its hash can be
 * signed. Keys sorted by UTF-16 code unit, no spaces, properties that are `undefined` left out.
 * Throws on what JSON cannot hold (NaN, functions, bigint, `undefined` in a list) and on more than 100 levels
 * (a cycle, too): that is a bug in a program, and an attack in a file.
 */
export const canonicalJson = (value: unknown): string => write(value, 0);

const write = (value: unknown, depth: number): string => {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return JSON.stringify(value);
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new TypeError(`not a JSON number: ${value}`);
    return JSON.stringify(value);
  }
  if (typeof value !== 'object') throw new TypeError(`not a JSON value: ${typeof value}`);
  if (depth === 100) throw new TypeError('nested too deeply');
  // Not `map`: that would skip the holes of a sparse list.
  if (Array.isArray(value)) return `[${Array.from(value, (item) => write(item, depth + 1)).join(',')}]`;
  // A Date or a Map would silently lose its content here.
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) throw new TypeError('not a plain object');

  const object: Readonly<Record<string, unknown>> = value as Record<string, unknown>;
  let text = '';
  for (const key of Object.keys(object).sort()) {
    const item = object[key];
    if (item !== undefined)
      text += `${text === '' ? '' : ','}${JSON.stringify(key)}:${write(item, depth + 1)}`;
  }
  return `{${text}}`;
};
