import { milliseconds, percentile } from '../../packages/embedded/bench/stopwatch.ts';

export { milliseconds, percentile };

export const median = (times: readonly number[]): number => {
  const sorted = times.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  const [low = 0, high = low] = [sorted[sorted.length % 2 === 0 ? middle - 1 : middle], sorted[middle]];
  return (low + high) / 2;
};

/** Runs the work again and again, in ms each: at least `least` times, then until `enoughMs` are spent or `most` is reached. */
export const repeated = async (
  work: () => Promise<unknown> | unknown,
  { least = 3, most = 20, enoughMs = 1_500 } = {},
): Promise<number[]> => {
  const times: number[] = [];
  let spent = 0;
  while (times.length < least || (times.length < most && spent < enoughMs)) {
    const time = await milliseconds(work);
    times.push(time);
    spent += time;
  }
  return times;
};
