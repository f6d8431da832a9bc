import type { BlobRef, DocumentSigner, Office } from '@gongkai/core';
import { clearOrphans } from '@gongkai/core';
import { drain, testOffice } from '@gongkai/core/memory';
import { describe, expect, it } from 'vitest';
import {
  approveBy,
  bytesOf,
  current,
  defaultPolicy,
  draftWith,
  first,
  maker,
  second,
} from '../scenario/office-at-work.ts';

const policy = defaultPolicy();

const textOf = async (office: Office, blob: BlobRef): Promise<string> => {
  let text = '';
  for await (const part of (await office.blobs.open(blob)) ?? []) text += Buffer.from(part).toString();
  return text;
};

/** Signs with a number that counts up: like ECDSA, never the same bytes twice. `fails`: that many times it does not answer. */
const counting = (office: Office, fails = 0): DocumentSigner & { readonly made: string[] } => {
  let asked = 0;
  const made: string[] = [];
  return {
    made,
    sign: async (unfinished, signedAt) => {
      asked += 1;
      expect(unfinished.area).toBe('renditions');
      if (asked <= fails) throw new Error('the timestamp server does not answer');
      const text = `${await textOf(office, unfinished)}\nsigned ${asked}`;
      const kept = await office.blobs.putOnce('vault', bytesOf(text));
      if (!kept.ok) throw new Error(kept.error.code);
      made.push(kept.value.sha256);
      const release = { area: 'vault', sha256: kept.value.sha256 } as const;
      return { release, size: kept.value.size, signature: { level: 'B-T', signer: '三村镇', signedAt } };
    },
  };
};

const approved = async (office: Office): Promise<string> => {
  const id = await draftWith(office, ['关于预算的公告']);
  expect(await drain(office)).toEqual([]);
  await approveBy(office, id, maker, first, second);
  return id;
};

describe('signing between rendering and gate', () => {
  it('publishes nothing while the timestamp server does not answer, and goes on when it does', async () => {
    let signer: (DocumentSigner & { readonly made: string[] }) | undefined;
    const { office, clock } = testOffice(policy, {}, (given) => {
      signer = counting(given, 2);
      return { ...given, documentSigner: signer };
    });
    const id = await approved(office);
    expect(await drain(office)).toEqual(['render: the timestamp server does not answer']);
    expect((await current(office, id)).state).toBe('rendering');
    await drain(office, clock);
    const item = await current(office, id);
    expect(item.state).toBe('published');
    expect(item.release?.files[0]).toMatchObject({ sha256: signer?.made[0], signature: { level: 'B-T' } });
  });

  it('signed twice, after a kill before the commit, has one release; the other bytes are cleared away', async () => {
    let signer: (DocumentSigner & { readonly made: string[] }) | undefined;
    let kill = true;
    const { office, clock } = testOffice(policy, {}, (given) => {
      const own = counting(given);
      signer = own;
      return {
        ...given,
        documentSigner: own,
        records: new Proxy(given.records, {
          get: (records, name) => {
            if (name === 'commit' && kill && own.made.length > 0) {
              kill = false;
              return () => Promise.reject(new Error('killed'));
            }
            const value: unknown = Reflect.get(records, name);
            return typeof value === 'function' ? value.bind(records) : value;
          },
        }),
      };
    });
    const id = await approved(office);
    expect(await drain(office)).toEqual(['render: killed']);
    await drain(office, clock);
    const item = await current(office, id);
    expect(item.state).toBe('published');
    const [lost = '', kept = ''] = signer?.made ?? [];
    expect(signer?.made).toHaveLength(2);
    expect([item.release?.files[0]?.sha256, item.pass?.files]).toEqual([kept, [kept]]);
    clock.advance(2 * 3600);
    await clearOrphans(office);
    expect(await office.blobs.head({ area: 'vault', sha256: lost })).toBeUndefined();
    expect(await office.blobs.head({ area: 'vault', sha256: kept })).toBeDefined();
  });
});
