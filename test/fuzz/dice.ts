/** Seeded chance (mulberry32): the same seed breaks the same files in the same way. */
export type Dice = {
  /** A whole number from 0 to below `sides`. */
  below(sides: number): number;
  of<T>(choices: readonly [T, ...T[]]): T;
};

export const diceOf = (seed: number): Dice => {
  let state = seed >>> 0;
  const below = (sides: number): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return Math.floor((((t ^ (t >>> 14)) >>> 0) / 2 ** 32) * sides);
  };
  return { below, of: (choices) => choices[below(choices.length)] ?? choices[0] };
};
