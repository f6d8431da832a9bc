type Given<T> = { [K in keyof T]: Exclude<T[K], undefined> };

/** Only the keys that were given: a key with `undefined` would overwrite what is there. */
export const given = <T extends object>(values: T): Given<T> =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Given<T>;
