import { type BlobRef, noWords } from '@gongkai/core';
import { MemoryBlobs, scriptedMachines, TestClock } from '@gongkai/core/memory';
import { describe, expect, it } from 'vitest';
import { type Ask, farMachines, serveMachines } from './index.ts';

/** Both sides, with a wire of JSON between them as Lambda's is. */
const overTheWire = (longest?: number) => {
  const blobs = new MemoryBlobs(new TestClock());
  const near = scriptedMachines(blobs, {});
  const serve = serveMachines(near, blobs, longest);
  const sent: string[] = [];
  const ask: Ask = async (job) => {
    const answer = JSON.stringify(await serve(JSON.parse(JSON.stringify(job))));
    sent.push(answer);
    return JSON.parse(answer);
  };
  return { blobs, near, far: farMachines(ask, blobs), sent };
};

const upload = async (blobs: MemoryBlobs): Promise<BlobRef> => {
  const kept = await blobs.putOnce(
    'quarantine',
    (async function* () {
      yield new TextEncoder().encode('公开');
    })(),
  );
  if (!kept.ok) throw new Error(kept.error.code);
  return { area: 'quarantine', sha256: kept.value.sha256 };
};

const words = { version: 1, words: [{ word: '青山', severity: 'high' as const }] };

describe('machines in a function of their own', () => {
  it.each([undefined, 10])('answer as they do at hand (inline up to %s bytes)', async (longest) => {
    const { blobs, near, far, sent } = overTheWire(longest);
    const blob = await upload(blobs);
    expect(await far.inspector.examine(blob, '通知.pdf', noWords)).toEqual(
      await near.inspector.examine(blob, '通知.pdf', noWords),
    );
    const converted = await far.converter.convert(blob, 'docx', '通知.docx');
    expect(converted).toEqual(await near.converter.convert(blob, 'docx', '通知.docx'));
    expect(await far.inspector.inspectText('身份证号青山', 'title', words)).toEqual(
      await near.inspector.inspectText('身份证号青山', 'title', words),
    );
    if (converted.ok)
      expect(await far.inspector.inspect(converted.value.pdf, words)).toEqual(
        await near.inspector.inspect(converted.value.pdf, words),
      );
    expect(sent.some((answer) => answer.includes('kept'))).toBe(longest === 10);
  });

  it('pass a refusal on as a value', async () => {
    const { blobs } = overTheWire();
    const refused = { ok: false as const, error: { code: 'encrypted' as const } };
    const near = scriptedMachines(blobs, {});
    const serve = serveMachines(
      { ...near, inspector: { ...near.inspector, examine: async () => refused as never } },
      blobs,
    );
    const far = farMachines((job) => serve(job), blobs);
    expect(await far.inspector.examine({ area: 'quarantine', sha256: 'a'.repeat(64) }, 'x', noWords)).toEqual(
      refused,
    );
  });

  it.each([
    ['of another version', { version: 1, ask: 'inspect', arguments: [] }],
    ['for something else', { version: 2, ask: 'destroy', arguments: [] }],
    ['of nothing', undefined],
  ])('throw for a job %s', async (_, job) => {
    const blobs = new MemoryBlobs(new TestClock());
    await expect(serveMachines(scriptedMachines(blobs, {}), blobs)(job)).rejects.toThrow();
  });

  it('throw for an answer that is none', async () => {
    const { blobs } = overTheWire();
    const far = farMachines(async () => ({ errorMessage: 'Task timed out' }), blobs);
    await expect(far.inspector.inspectText('a', 'b', words)).rejects.toThrow();
  });
});
