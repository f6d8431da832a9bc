import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { fontFiles } from '../fonts/index.ts';
import { fontconfig } from './font-names.ts';
import { pdfOptions } from './pdf-options.ts';

/** Bytes and extension to the bytes of a PDF or .docx, or what went wrong. */
export type NativeOffice = (
  bytes: Uint8Array,
  extension: string,
  format: 'pdf' | 'docx',
) => Promise<Uint8Array | string>;

const application = (extension: string): string => {
  if (/^(xls|ods)/.test(extension)) return 'calc';
  return /^(ppt|odp)/.test(extension) ? 'impress' : 'writer';
};

/** Fontconfig settings that show our fonts and aliases besides the machine's own. */
const settings = (cache: string): string => {
  const folders = [...new Set(fontFiles().map(({ path }) => join(path, '..')))];
  const own = folders.map((it) => `<dir>${it}</dir>`).join('');
  const aliases = fontconfig().replace(/^[\s\S]*?<fontconfig>/, '');
  return `<?xml version="1.0"?><fontconfig>${own}<cachedir>${cache}</cachedir><include ignore_missing="yes">/etc/fonts/fonts.conf</include>${aliases}`;
};

const run = (program: string, args: readonly string[], env: NodeJS.ProcessEnv): Promise<string | undefined> =>
  new Promise((resolve) => {
    const child = spawn(program, args, { env, stdio: ['ignore', 'ignore', 'pipe'] });
    let said = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      said = (said + text).slice(-500);
    });
    child.on('error', (error) => resolve(error.message));
    child.on('close', (code) => resolve(code === 0 ? undefined : `exit ${code}: ${said.trim()}`));
  });

/**
 * A LibreOffice installed on the machine, named by `GONGKAI_SOFFICE`; faster to start and a tenth of the memory. The
 * Cage's process group and network namespace hold it too; the Cage must then be without `folders`, because a
 * process under Node's permission model may not start programs.
 */
export const nativeOffice = (program = process.env.GONGKAI_SOFFICE): NativeOffice | undefined => {
  if (program === undefined || program === '') return undefined;
  return async (bytes, extension, format) => {
    const filter =
      format === 'docx' ? 'docx' : `pdf:${application(extension)}_pdf_Export:${JSON.stringify(pdfOptions)}`;
    const folder = await mkdtemp(join(tmpdir(), 'gongkai-office-'));
    try {
      const input = join(folder, `in.${extension}`);
      const out = join(folder, 'out');
      const fonts = join(folder, 'fonts.conf');
      await writeFile(input, bytes);
      await writeFile(fonts, settings(join(folder, 'cache')));
      const trouble = await run(
        program,
        [
          // Its own profile: two runs that share one wait for each other (docling#3819).
          `-env:UserInstallation=${pathToFileURL(join(folder, 'profile')).href}`,
          '--headless',
          '--norestore',
          '--convert-to',
          filter,
          '--outdir',
          out,
          input,
        ],
        { ...process.env, FONTCONFIG_FILE: fonts, HOME: folder },
      ); // prettier-ignore
      return trouble ?? (await readFile(join(out, `in.${format}`)).catch(() => 'no output'));
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  };
};
