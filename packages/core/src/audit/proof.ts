import { type Hash, nodeHash, rootHash } from './merkle.ts';

/** The largest power of two below `count` (count ≥ 2): where RFC 6962 splits a tree. */
const split = (count: number): number => {
  let power = 1;
  while (power * 2 < count) power *= 2;
  return power;
};

const within = (index: number, size: number): void => {
  if (!Number.isInteger(index) || index < 0 || index >= size) throw new RangeError(`${index} of ${size}`);
};

/**
 * 存在证明: what proves that leaf `index` is in the tree of all `leaves` (leaf hashes) (RFC 6962 §2.1.1).
 * Throws when there is no such leaf. O(size) hashes.
 */
export const inclusionProof = (index: number, leaves: readonly Hash[]): readonly Hash[] => {
  within(index, leaves.length);
  if (leaves.length === 1) return [];
  const half = split(leaves.length);
  const left = leaves.slice(0, half);
  const right = leaves.slice(half);
  return index < half
    ? [...inclusionProof(index, left), rootHash(right)]
    : [...inclusionProof(index - half, right), rootHash(left)];
};

/** Whether the proof leads from the leaf at `index` to the root of the tree with `size` leaves (RFC 9162 §2.1.3.2). */
export const verifyInclusion = (
  { index, leaf, size, root }: { index: number; leaf: Hash; size: number; root: Hash },
  proof: readonly Hash[],
): boolean => {
  if (!Number.isInteger(index) || index < 0 || index >= size) return false;
  let at = index;
  let last = size - 1;
  let hash = leaf;
  for (const sibling of proof) {
    if (last === 0) return false;
    if (at % 2 === 1 || at === last) {
      hash = nodeHash(sibling, hash);
      for (; at % 2 === 0 && at !== 0; at /= 2) last = Math.floor(last / 2);
    } else {
      hash = nodeHash(hash, sibling);
    }
    at = Math.floor(at / 2);
    last = Math.floor(last / 2);
  }
  return last === 0 && hash === root;
};

/**
 * 一致性证明: what proves that the tree of the first `size` leaves is the beginning of the tree of all `leaves`
 * (RFC 6962 §2.1.2). Throws unless 0 < size ≤ leaves.length. O(size) hashes.
 */
export const consistencyProof = (size: number, leaves: readonly Hash[]): readonly Hash[] => {
  within(size - 1, leaves.length);
  return subproof(size, leaves, true);
};

const subproof = (size: number, leaves: readonly Hash[], whole: boolean): readonly Hash[] => {
  if (size === leaves.length) return whole ? [] : [rootHash(leaves)];
  const half = split(leaves.length);
  const left = leaves.slice(0, half);
  const right = leaves.slice(half);
  return size <= half
    ? [...subproof(size, left, whole), rootHash(right)]
    : [...subproof(size - half, right, false), rootHash(left)];
};

type Head = { readonly size: number; readonly root: Hash };

/** Whether the proof shows that `later` only adds to `earlier` (RFC 9162 §2.1.4.2). */
export const verifyConsistency = (earlier: Head, later: Head, proof: readonly Hash[]): boolean => {
  if (!(earlier.size >= 1 && earlier.size <= later.size)) return false;
  if (earlier.size === later.size) return proof.length === 0 && earlier.root === later.root;
  // A complete earlier tree is itself the first node of the path; the proof leaves it out.
  const complete = Number.isInteger(Math.log2(earlier.size));
  const [seed, ...path] = complete ? [earlier.root, ...proof] : proof;
  if (seed === undefined) return false;
  let at = earlier.size - 1;
  let last = later.size - 1;
  for (; at % 2 === 1; at = Math.floor(at / 2)) last = Math.floor(last / 2);
  let old = seed;
  let fresh = seed;
  for (const hash of path) {
    if (last === 0) return false;
    if (at % 2 === 1 || at === last) {
      old = nodeHash(hash, old);
      fresh = nodeHash(hash, fresh);
      for (; at % 2 === 0 && at !== 0; at /= 2) last = Math.floor(last / 2);
    } else {
      fresh = nodeHash(fresh, hash);
    }
    at = Math.floor(at / 2);
    last = Math.floor(last / 2);
  }
  return last === 0 && old === earlier.root && fresh === later.root;
};
