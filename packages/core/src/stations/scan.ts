import type { Policy } from '../policy/index.ts';
import type { ScanVerdict } from '../ports/index.ts';
import type { RefusalCode } from '../refusal/index.ts';

/** Why nothing passes after this verdict; undefined when it may. What is harmful is the caller's to refuse. */
export const scanTrouble = (
  scan: ScanVerdict,
  { limits }: Pick<Policy, 'limits'>,
): Extract<RefusalCode, `scanner-${string}`> | undefined => {
  if (scan.verdict === 'absent') return limits.scanner === 'required' ? 'scanner-missing' : undefined;
  if (scan.verdict !== 'unavailable') return undefined;
  return scan.why === undefined ? 'scanner-silent' : `scanner-${scan.why}`;
};
