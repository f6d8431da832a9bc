import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

/** Where .ci/infra-tools puts what only these tests need. */
export const toolsFolder = process.env.GONGKAI_TOOLS ?? join(homedir(), '.cache', 'gongkai-tools');
export const howToInstall = 'not installed: .ci/infra-tools';

export const pythonTool = (name: string): { path: string; missing: boolean } => {
  const path = join(toolsFolder, 'python', 'bin', name);
  return { path, missing: !existsSync(path) };
};
