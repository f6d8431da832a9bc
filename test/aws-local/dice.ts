/** Chance that comes out the same for the same seed: what went wrong once can be played again. */
export type Dice = {
  /** Whole, from 0 to below `sides`. */
  roll(sides: number): number;
  /** True in `share` of all throws. */
  happens(share: number): boolean;
};

/** Lehmer's generator: good enough for disorder. */
export const dice = (seed: number): Dice => {
  let state = (Math.abs(Math.trunc(seed)) % 2_147_483_646) + 1;
  const next = (): number => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
  return {
    roll: (sides) => Math.floor(next() * sides),
    happens: (share) => next() < share,
  };
};

/** No disorder: the first of what waits, and nothing twice. */
export const orderly: Dice = { roll: () => 0, happens: () => false };
