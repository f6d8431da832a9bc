import { spawn } from 'node:child_process';
import { access, constants } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import type { BlobRef, Scanner, ScanVerdict } from '@gongkai/core';

export type ScanProgram = { readonly path: string; readonly flavour: 'clamdscan' | 'clamscan' };

/** Finds ClamAV on this machine: its daemon's client first, which answers in a fraction of the time. */
export const findScanProgram = async (
  searchPath: string = process.env.PATH ?? '',
): Promise<ScanProgram | undefined> => {
  for (const flavour of ['clamdscan', 'clamscan'] as const) {
    for (const folder of searchPath.split(delimiter)) {
      const path = join(folder, flavour);
      if (folder !== '' && (await isExecutable(path))) return { path, flavour };
    }
  }
  return undefined;
};

const isExecutable = (path: string): Promise<boolean> =>
  access(path, constants.X_OK).then(
    () => true,
    () => false,
  );

/**
 * ClamAV calls a file clean when it stopped reading at a limit, unless told to raise an alarm. The daemon takes
 * its limits from clamd.conf (`AlertExceedsMax yes`), and gets the open file because it may not read our folders.
 */
const argumentsOf: Record<ScanProgram['flavour'], readonly string[]> = {
  clamdscan: ['--fdpass', '--no-summary', '--infected'],
  clamscan: [
    '--no-summary',
    '--infected',
    '--stdout',
    '--alert-exceeds-max=yes',
    '--max-filesize=400M',
    '--max-scansize=1000M',
  ],
};

const longestReport = 10_000;

/** ClamAV over the file behind a blob. Whatever is not a clear answer is `unavailable`, never `clean`. */
export class ClamScanner implements Scanner {
  readonly #program: ScanProgram;
  readonly #files: { path(blob: BlobRef): string | undefined };
  readonly #timeoutMs: number;
  readonly #more: readonly string[];

  constructor(
    program: ScanProgram,
    files: { path(blob: BlobRef): string | undefined },
    timeoutMs: number = 120_000,
    more: readonly string[] = [],
  ) {
    this.#program = program;
    this.#files = files;
    this.#timeoutMs = timeoutMs;
    this.#more = more;
  }

  async scan(blob: BlobRef): Promise<ScanVerdict> {
    const file = this.#files.path(blob);
    if (file === undefined) return { verdict: 'unavailable' };
    const { status, report } = await this.#run(file);
    // 0: nothing found. 1: something found. 2 and everything else: could not look.
    if (status === 0) return { verdict: 'clean' };
    const name = /: (.+) FOUND\s*$/m.exec(report)?.[1];
    return status === 1 ? { verdict: 'harmful', name: name ?? 'unknown' } : { verdict: 'unavailable' };
  }

  #run(file: string): Promise<{ status: number | undefined; report: string }> {
    return new Promise((settle) => {
      const child = spawn(this.#program.path, [...argumentsOf[this.#program.flavour], ...this.#more, file], {
        stdio: ['ignore', 'pipe', 'ignore'],
        env: { PATH: process.env.PATH ?? '', LC_ALL: 'C.UTF-8' },
        timeout: this.#timeoutMs,
        killSignal: 'SIGKILL',
      });
      let report = '';
      child.stdout.on('data', (piece: Buffer) => {
        if (report.length < longestReport) report += piece.toString();
      });
      child.on('error', () => settle({ status: undefined, report: '' }));
      // Killed at the limit: no status, and what it started itself may hold the pipe open for long.
      child.on('exit', (status) => {
        if (status === null) settle({ status: undefined, report: '' });
      });
      child.on('close', (status) => settle({ status: status ?? undefined, report }));
    });
  }
}

/** Where no scanner is installed. The policy decides whether a document may pass unscanned. */
export class NoScanner implements Scanner {
  async scan(): Promise<ScanVerdict> {
    return { verdict: 'absent' };
  }
}
