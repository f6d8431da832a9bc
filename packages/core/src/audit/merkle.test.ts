import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromHex, utf8 } from '../hash/index.ts';
import { append, emptyFrontier, emptyRoot, leafHash, nodeHash, rootHash, rootOf } from './merkle.ts';
import { consistencyProof, inclusionProof, verifyConsistency, verifyInclusion } from './proof.ts';

/** Leaves and roots that Certificate Transparency's implementations share. */
const inputs = [
  '',
  '00',
  '10',
  '2021',
  '3031',
  '40414243',
  '5051525354555657',
  '606162636465666768696a6b6c6d6e6f',
];
const roots = [
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
  '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
  '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
];
const known = inputs.map((hex) => leafHash(fromHex(hex) ?? new Uint8Array([1])));
const leavesOf = (count: number) => Array.from({ length: count }, (_, i) => leafHash(utf8(`entry ${i}`)));
const flip = (hash: string) => `${hash.startsWith('0') ? '1' : '0'}${hash.slice(1)}`;

/** The definition in RFC 6962 §2.1, straight. */
const byDefinition = (leaves: readonly string[]): string => {
  const [only] = leaves;
  if (only === undefined) return emptyRoot;
  if (leaves.length === 1) return only;
  let half = 1;
  while (half * 2 < leaves.length) half *= 2;
  return nodeHash(byDefinition(leaves.slice(0, half)), byDefinition(leaves.slice(half)));
};

describe('the tree', () => {
  it('has the roots that other implementations have', () => {
    expect(emptyRoot).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
    for (const [i, root] of roots.entries()) expect(rootHash(known.slice(0, i + 1))).toBe(root);
  });

  it('grows leaf by leaf to the root of the definition, for every size to 130', () => {
    const leaves = leavesOf(130);
    let frontier = emptyFrontier;
    for (const [i, leaf] of leaves.entries()) {
      expect(rootOf(frontier)).toBe(byDefinition(leaves.slice(0, i)));
      frontier = append(frontier, leaf);
      const ones = (i + 1).toString(2).replaceAll('0', '').length;
      expect(frontier).toMatchObject({ size: i + 1, peaks: { length: ones } });
    }
  });

  it('throws on something that is no hash', () => {
    expect(() => nodeHash('abc', leafHash(utf8('')))).toThrow(TypeError);
  });
});

describe('inclusion', () => {
  it('is proven for every leaf of every size to 70, and for nothing else', () => {
    const all = leavesOf(70);
    for (let size = 1; size <= all.length; size += 1) {
      const leaves = all.slice(0, size);
      const root = rootHash(leaves);
      for (const [index, leaf] of leaves.entries()) {
        const proof = inclusionProof(index, leaves);
        expect(verifyInclusion({ index, leaf, size, root }, proof)).toBe(true);
        expect(verifyInclusion({ index, leaf: flip(leaf), size, root }, proof)).toBe(false);
        expect(verifyInclusion({ index: index + 1, leaf, size, root }, proof)).toBe(false);
      }
    }
  });

  it('fails with any bit of the proof changed, left out or added', () => {
    const leaves = leavesOf(45);
    const root = rootHash(leaves);
    fc.assert(
      fc.property(fc.nat(44), fc.nat(5), (index, at) => {
        const leaf = leaves[index] ?? '';
        const proof = [...inclusionProof(index, leaves)];
        const about = { index, leaf, size: leaves.length, root };
        const there = at % proof.length;
        expect(verifyInclusion(about, proof.with(there, flip(proof[there] ?? '')))).toBe(false);
        expect(verifyInclusion(about, proof.toSpliced(there, 1))).toBe(false);
        expect(verifyInclusion(about, [...proof, root])).toBe(false);
      }),
    );
    expect(() => inclusionProof(45, leaves)).toThrow(RangeError);
  });
});

describe('consistency', () => {
  it('is proven between any two sizes to 40, and for no other history', () => {
    const all = leavesOf(40);
    const forged = all.with(0, leafHash(utf8('forged')));
    for (let size = 1; size <= all.length; size += 1) {
      const later = { size, root: rootHash(all.slice(0, size)) };
      for (let old = 1; old <= size; old += 1) {
        const proof = consistencyProof(old, all.slice(0, size));
        const earlier = { size: old, root: rootHash(all.slice(0, old)) };
        expect(verifyConsistency(earlier, later, proof)).toBe(true);
        expect(verifyConsistency({ size: old, root: rootHash(forged.slice(0, old)) }, later, proof)).toBe(
          false,
        );
        expect(verifyConsistency(earlier, { ...later, root: flip(later.root) }, proof)).toBe(false);
        if (proof.length > 0) expect(verifyConsistency(earlier, later, proof.slice(1))).toBe(false);
        expect(verifyConsistency(earlier, later, [...proof, later.root])).toBe(false);
      }
    }
    expect(() => consistencyProof(0, all)).toThrow(RangeError);
  });
});
