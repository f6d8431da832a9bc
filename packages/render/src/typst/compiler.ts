import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler';
import { fontFiles } from '../fonts/index.ts';

/** A folder that does not exist: Typst sees the files it is given and nothing else of the machine. */
export const workspace = '/gongkai-typst';

/**
 * The compiler has no switch against system fonts; on Linux it finds them through fontconfig's settings, which
 * are read once, here. A release must look the same on every machine, so it is shown settings without fonts.
 */
const withoutSystemFonts = <T>(make: () => T): T => {
  const folder = mkdtempSync(join(tmpdir(), 'gongkai-fonts-'));
  const settings = join(folder, 'fonts.conf');
  writeFileSync(settings, `<?xml version="1.0"?><fontconfig><dir>${folder}</dir></fontconfig>`);
  const before = process.env.FONTCONFIG_FILE;
  process.env.FONTCONFIG_FILE = settings;
  try {
    return make();
  } finally {
    if (before === undefined) delete process.env.FONTCONFIG_FILE;
    else process.env.FONTCONFIG_FILE = before;
    rmSync(folder, { recursive: true });
  }
};

let warm: NodeCompiler | undefined;

/** The one compiler of this process. Making it reads every font (30 to 130 ms), so it is kept. */
export const compiler = (): NodeCompiler => {
  warm ??= withoutSystemFonts(() =>
    NodeCompiler.create({
      workspace,
      fontArgs: [{ fontBlobs: fontFiles().map(({ path }) => readFileSync(path)) }],
    }),
  );
  return warm;
};
