import type { Signer } from '../ports/index.ts';
import type { Office } from './office.ts';
import { auditKeys } from './sequencer.ts';

/** A signer over several keys. `look` asks the log which one is in force; signing asks by itself. */
export type SignerInForce = Signer & { look(): Promise<void> };

/**
 * Signs with that one of the office's keys which is in force, looked up each time: on AWS functions stay warm over a
 * handover, and what is signed after it must not bear the old key. `first` signs until the log names a key.
 */
export const signerInForce = (
  office: Pick<Office, 'records'>,
  first: Signer,
  others: readonly Signer[],
): SignerInForce => {
  let current = first;
  const look = async (): Promise<void> => {
    const wanted = (await auditKeys(office)).at(-1);
    if (wanted === undefined) return;
    const found = [first, ...others].find(({ publicKey }) => publicKey === wanted);
    if (found === undefined)
      throw new Error(
        `现用密钥 ${wanted} 不在设置中。 / the key in force, ${wanted}, is not among the settings`,
      );
    current = found;
  };
  return {
    look,
    get keyId() {
      return current.keyId;
    },
    get publicKey() {
      return current.publicKey;
    },
    sign: async (message) => {
      await look();
      return current.sign(message);
    },
  };
};
