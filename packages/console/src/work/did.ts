type Done = { readonly publication: string; readonly action: string; readonly at: string };

/** Twenty changes to one draft in a row are one line, with how many there were; the newest stands for them. */
export const together = <D extends Done>(did: readonly D[]): readonly { done: D; times: number }[] => {
  const lines: { done: D; times: number }[] = [];
  for (const done of did) {
    const last = lines.at(-1);
    if (last?.done.publication === done.publication && last.done.action === done.action) last.times += 1;
    else lines.push({ done, times: 1 });
  }
  return lines;
};
