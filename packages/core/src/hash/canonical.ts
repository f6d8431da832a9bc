/**
 * Canonical JSON (RFC 8785): the same value gives the same text on every machine, so that its hash can be
 * signed. Keys sorted by UTF-16 code unit, no spaces, properties that are `undefined` left out.
 * Throws on what JSON cannot hold (NaN, functions, bigint, `undefined` in a list, cycles) and on more than 100
 * levels: that is a bug in a program, and an attack in a file.
 */
export const canonicalJson = (value: unknown): string => write(value, []);

const write = (value: unknown, above: readonly object[]): string => {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return JSON.stringify(value);
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new TypeError(`not a JSON number: ${value}`);
    return JSON.stringify(value);
  }
  if (typeof value !== 'object') throw new TypeError(`not a JSON value: ${typeof value}`);
  if (above.includes(value)) throw new TypeError('cyclic value');
  if (above.length >= 100) throw new TypeError('nested too deeply');
  const path = [...above, value];
  if (Array.isArray(value)) return `[${value.map((item) => write(item, path)).join(',')}]`;
  // A Date or a Map would silently lose its content here.
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) throw new TypeError('not a plain object');
  return `{${Object.entries(value)
    .filter(([, item]) => item !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, item]) => `${JSON.stringify(key)}:${write(item, path)}`)
    .join(',')}}`;
};
