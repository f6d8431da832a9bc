/**
 * Puts sorted streams together into one sorted stream, reading ahead no further than one element of each.
 * The first elements are fetched side by side.
 */
export async function* merge<T>(
  streams: readonly AsyncIterator<T>[],
  compare: (a: T, b: T) => number,
): AsyncGenerator<T> {
  const heads = await Promise.all(streams.map(async (stream) => ({ stream, head: await stream.next() })));
  for (;;) {
    let first: { stream: AsyncIterator<T>; head: IteratorYieldResult<T> } | undefined;
    for (const { stream, head } of heads) {
      if (head.done === true) continue;
      if (first === undefined || compare(head.value, first.head.value) < 0) first = { stream, head };
    }
    if (first === undefined) return;
    const { stream, head } = first;
    yield head.value;
    const entry = heads.find((each) => each.stream === stream);
    if (entry !== undefined) entry.head = await stream.next();
  }
}
