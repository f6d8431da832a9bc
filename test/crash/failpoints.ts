import type { Office } from '@gongkai/core';

/** The process dies here: thrown in place of a kill, and never caught by the product as an ordinary fault. */
export class Killed extends Error {}

export type Mode = 'before' | 'after';

const ports = [
  'records',
  'blobs',
  'queue',
  'search',
  'converter',
  'inspector',
  'renderer',
  'scanner',
  'signer',
  'notifier',
] as const;

/**
 * Numbers every call to a port. At call `at` the process dies, before the call has its effect or after it; from
 * then on every call dies too, as nothing runs in a dead process, until `revive()`.
 */
export const failpoints = (at: number, mode: Mode) => {
  let count = 0;
  let dead = false;
  const names: string[] = [];
  const wrap = <T extends object>(port: string, target: T): T =>
    new Proxy(target, {
      get(object, name) {
        const value: unknown = Reflect.get(object, name, object);
        if (typeof value !== 'function') return value;
        return async (...args: unknown[]) => {
          if (dead) throw new Killed('dead');
          count += 1;
          names.push(`${port}.${String(name)}`);
          const here = count === at;
          if (here && mode === 'before') {
            dead = true;
            throw new Killed(`before ${port}.${String(name)}`);
          }
          const result: unknown = await (value as (...given: unknown[]) => unknown).apply(object, args);
          if (here) {
            dead = true;
            throw new Killed(`after ${port}.${String(name)}`);
          }
          return result;
        };
      },
    });
  return {
    sabotage: (office: Office): Office => {
      const changed: Record<string, unknown> = { ...office };
      for (const port of ports) changed[port] = wrap(port, office[port]);
      return changed as Office;
    },
    revive: () => {
      dead = false;
    },
    get calls() {
      return count;
    },
    names,
  };
};
