import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import type { Locator } from 'playwright-core';

/** Drops a file of this machine onto an element, as the mouse would. */
export const drop = async (onto: Locator, path: string): Promise<void> => {
  const given = JSON.stringify([basename(path), readFileSync(path).toString('base64')]);
  const carried = await onto.page().evaluateHandle(`(() => {
    const [name, base64] = ${given};
    const transfer = new DataTransfer();
    transfer.items.add(new File([Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))], name));
    return transfer;
  })()`);
  for (const event of ['dragenter', 'dragover', 'drop'])
    await onto.dispatchEvent(event, { dataTransfer: carried });
};
