type Plain = Readonly<Record<string, unknown>>;

const isPlain = (value: unknown): value is Plain =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const keyOf = (value: unknown): string | undefined =>
  isPlain(value) && typeof value.key === 'string' ? value.key : undefined;

/** Deadlines carry one key several times, for several versions of the law: those do not merge. */
const isKeyed = (list: readonly unknown[]): boolean => {
  const keys = list.map(keyOf);
  return keys.every((key) => key !== undefined) && new Set(keys).size === keys.length;
};

/**
 * A profile over its base, so that it holds only what differs. Objects merge; a list whose entries have keys merges
 * by key (new ones at the end, `drop: true` takes one out); any other list or value replaces.
 */
export const extend = (base: unknown, profile: unknown): unknown => {
  if (isPlain(base) && isPlain(profile)) {
    const changed = Object.entries(profile).map(([name, value]): [string, unknown] => [
      name,
      Object.hasOwn(base, name) ? extend(base[name], value) : value,
    ]);
    return Object.fromEntries([...Object.entries(base), ...changed]);
  }
  if (Array.isArray(base) && Array.isArray(profile) && isKeyed(base) && profile.every((one) => keyOf(one))) {
    const entries = new Map<string | number, unknown>(
      base.map((one: unknown, at) => [keyOf(one) ?? at, one]),
    );
    for (const one of profile as unknown[]) {
      const key = keyOf(one) ?? '';
      if (isPlain(one) && one.drop === true) entries.delete(key);
      else entries.set(key, entries.has(key) ? extend(entries.get(key), one) : one);
    }
    return [...entries.values()];
  }
  return profile;
};
