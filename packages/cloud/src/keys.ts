import { type Kms, KmsSigner } from '@gongkai/aws';
import { handOverKey, machine, type Office, type Records, type Signer, signerInForce } from '@gongkai/core';

export type OfficeKeys = {
  readonly signer: Signer;
  /** Hands over to the next key where one is given; harmless when it is done already. Then the key in force signs. */
  follow(office: Office): Promise<void>;
};

/** The office's key in KMS, and the one that is to follow it. Throws when one is no Ed25519 key. */
export const openKeys = async (
  kms: Kms,
  records: Records,
  ids: {
    readonly current: string;
    /** Of `current`, as the deployment was told it; without it KMS is asked. */
    readonly publicKey?: string | undefined;
    readonly next?: string | undefined;
  },
): Promise<OfficeKeys> => {
  const current =
    ids.publicKey === undefined
      ? await KmsSigner.open(kms, ids.current)
      : KmsSigner.known(kms, ids.current, ids.publicKey);
  const next = ids.next === undefined ? undefined : await KmsSigner.open(kms, ids.next);
  // Which one is in force is asked when something is signed: a wrong setting must not take the catalogue away.
  const signer = signerInForce({ records }, current, next === undefined ? [] : [next]);
  return {
    signer,
    follow: async (office) => {
      await signer.look();
      if (next === undefined || signer.publicKey === next.publicKey) return;
      await handOverKey(office, next, machine('keys'));
      await signer.look();
    },
  };
};
