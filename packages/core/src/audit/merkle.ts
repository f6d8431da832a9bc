import { fromHex, sha256, toHex } from '../hash/index.ts';

/** A node of the tree: 64 lower-case hex digits, so that it can be stored and shown as it is. */
export type Hash = string;

const bytesOf = (hash: Hash): Uint8Array => {
  const bytes = hash.length === 64 ? fromHex(hash) : undefined;
  if (bytes === undefined) throw new TypeError('not a SHA-256 hash');
  return bytes;
};

/** RFC 6962 §2.1: the prefixes keep a leaf from passing for a node. */
export const leafHash = (content: Uint8Array): Hash => {
  const prefixed = new Uint8Array(content.length + 1);
  prefixed.set(content, 1);
  return toHex(sha256(prefixed));
};

export const nodeHash = (left: Hash, right: Hash): Hash => {
  const pair = new Uint8Array(65);
  pair[0] = 1;
  pair.set(bytesOf(left), 1);
  pair.set(bytesOf(right), 33);
  return toHex(sha256(pair));
};

/** The root of the empty tree. */
export const emptyRoot: Hash = toHex(sha256(''));

/**
 * The right edge of a growing tree: the roots of its perfect subtrees, largest first (one for each 1 in the binary
 * size). Small enough to lie in one record and be written with each append: at most 53 hashes.
 */
export type Frontier = { readonly size: number; readonly peaks: readonly Hash[] };

export const emptyFrontier: Frontier = { size: 0, peaks: [] };

/** The frontier with one more leaf: O(log size) at worst, two hashes on average. */
export const append = ({ size, peaks }: Frontier, leaf: Hash): Frontier => {
  const kept = [...peaks];
  let merged = leaf;
  for (let rest = size; rest % 2 === 1; rest = Math.floor(rest / 2))
    merged = nodeHash(kept.pop() ?? '', merged);
  return { size: size + 1, peaks: [...kept, merged] };
};

/** The Merkle tree hash of everything appended so far. */
export const rootOf = ({ peaks }: Frontier): Hash => {
  if (peaks.length === 0) return emptyRoot;
  return peaks.reduceRight((right, left) => nodeHash(left, right));
};

/** Merkle tree hash of a list of leaf hashes. */
export const rootHash = (leaves: Iterable<Hash>): Hash => {
  let frontier = emptyFrontier;
  for (const leaf of leaves) frontier = append(frontier, leaf);
  return rootOf(frontier);
};
