import type { BlobRef, Scanner } from '@gongkai/core';
import { describe, expect, it } from 'vitest';

export type Scanning = {
  readonly scanner: Scanner;
  /** Puts bytes where uploads lie, after which the scanner has had its time with them. */
  readonly upload: (content: string) => Promise<BlobRef>;
};

/** The harmless test string that every scanner knows, in two halves so that this file itself raises no alarm. */
export const eicar = ['X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-', 'STANDARD-ANTIVIRUS-TEST-FILE!$H+H*'].join('');

/** What the stations rely on: clean is said only of what was looked at, and no trouble ever looks like it. */
export const scannerContract = (name: string, open: () => Promise<Scanning>): void => {
  describe(`scanner contract: ${name}`, () => {
    it('passes what is harmless and names what is not', async () => {
      const { scanner, upload } = await open();
      expect(await scanner.scan(await upload('关于印发《办法》的通知'))).toEqual({ verdict: 'clean' });
      const harmful = await scanner.scan(await upload(eicar));
      expect(harmful).toMatchObject({ verdict: 'harmful', name: expect.stringMatching(/./) });
    }, 60_000);

    it('passes nothing that is not there, or whose name is no hash', async () => {
      const { scanner } = await open();
      for (const sha256 of ['0'.repeat(64), '../../etc/passwd'])
        expect(
          await scanner.scan({ area: 'quarantine', sha256 }).catch(() => ({ verdict: 'unavailable' })),
        ).toMatchObject({ verdict: 'unavailable' });
    });
  });
};
