import { open } from 'node:fs/promises';

/**
 * Makes names in a folder survive a power cut: a rename is durable only once its folder is flushed.
 * Windows cannot open folders and needs no such call.
 */
export const syncFolder = async (folder: string): Promise<void> => {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
};
