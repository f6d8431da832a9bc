import { describe, expect, it } from 'vitest';
import { type Line, type Options, sendAll } from './chunks.ts';

const bytes = Uint8Array.from({ length: 1000 }, (_, i) => i % 251);
const file = new Blob([bytes]);
const down = new Error('line down');
const options: Options = {
  chunk: 300,
  tries: 4,
  wait: () => Promise.resolve(),
  broken: (error) => error === down,
};
const never = new AbortController().signal;

/** A server that keeps what arrives, and a script of what happens at each call. */
const server = (script: ('ok' | 'lost' | 'half' | 'refused')[]) => {
  const arrived: number[] = [];
  const line: Line = {
    send: async (offset, blob) => {
      expect(offset).toBe(arrived.length);
      const given = new Uint8Array(await blob.arrayBuffer());
      const what = script.shift() ?? 'ok';
      if (what === 'refused') throw new Error('too large');
      if (what === 'lost') throw down;
      arrived.push(...(what === 'half' ? given.slice(0, given.length >> 1) : given));
      if (what === 'half') throw down;
      return arrived.length;
    },
    offset: async () => arrived.length,
  };
  return { arrived, line };
};

describe('an upload', () => {
  it('arrives whole, with progress that only grows', async () => {
    const { arrived, line } = server([]);
    const seen: number[] = [];
    await sendAll(file, 0, line, options, (sent) => seen.push(sent), never);
    expect(Uint8Array.from(arrived)).toEqual(bytes);
    expect(seen).toEqual([0, 300, 600, 900, 1000]);
  });

  it('goes on where the server says, after a break in the middle of a chunk', async () => {
    const { arrived, line } = server(['ok', 'half', 'lost', 'ok']);
    await sendAll(file, 0, line, options, () => {}, never);
    expect(Uint8Array.from(arrived)).toEqual(bytes);
  });

  it('gives up after too many breaks in a row, and can be taken up again later', async () => {
    const { arrived, line } = server(['ok', 'lost', 'lost', 'lost', 'lost']);
    await expect(sendAll(file, 0, line, options, () => {}, never)).rejects.toBe(down);
    expect(arrived.length).toBe(300);
    await sendAll(file, arrived.length, line, options, () => {}, never);
    expect(Uint8Array.from(arrived)).toEqual(bytes);
  });

  it('does not repeat what the server has refused', async () => {
    const { line } = server(['refused']);
    await expect(sendAll(file, 0, line, options, () => {}, never)).rejects.toThrow('too large');
  });

  it('stops when it is cancelled', async () => {
    const { arrived, line } = server([]);
    const stop = new AbortController();
    const sent = sendAll(file, 0, line, options, (n) => n >= 300 && stop.abort(), stop.signal);
    await expect(sent).rejects.toThrow();
    expect(arrived.length).toBe(300);
  });
});
