import { posix } from 'node:path';
import { unzipSync } from 'fflate';
import { damaged, Undrawable } from './undrawable.ts';
import { type Element, readXml } from './xml.ts';

/** As intake allows for a package. */
const mostBytes = 200 * 1024 * 1024;

/**
 * The parts of an OFD by path. The container was checked at intake (inspect, zip/archive.ts): no two names alike, no
 * bomb, no path that leaves it; so what fflate reads is what was checked.
 */
export class Parts {
  readonly #files: ReadonlyMap<string, Uint8Array>;
  readonly #read = new Map<string, Element>();

  constructor(bytes: Uint8Array) {
    try {
      let total = 0;
      const files = unzipSync(bytes, {
        filter: ({ originalSize }) => {
          total += originalSize;
          return total <= mostBytes || damaged(`> ${mostBytes} bytes`);
        },
      });
      this.#files = new Map(
        Object.entries(files).map(([name, body]) => [name.normalize('NFC').toLowerCase(), body]),
      );
    } catch (error) {
      if (error instanceof Undrawable) throw error;
      this.#files = damaged(error instanceof Error ? error.message : 'ZIP');
    }
  }

  /** The path that `location` means, said in the part `from`: `/`-absolute, or beside that part. */
  path(location: string, from: string): string {
    const plain = location.trim().replaceAll('\\', '/');
    const joined = plain.startsWith('/') ? plain.slice(1) : posix.join(posix.dirname(from), plain);
    if (this.has(joined)) return joined;
    // Some programs write every path from the root, without the stroke that says so.
    const fromRoot = posix.normalize(plain.replace(/^\/+/, ''));
    return this.has(fromRoot) ? fromRoot : joined;
  }

  has(path: string): boolean {
    return this.#files.has(path.normalize('NFC').toLowerCase());
  }

  bytes(path: string): Uint8Array {
    return this.#files.get(path.normalize('NFC').toLowerCase()) ?? damaged(`${path}: missing`);
  }

  xml(path: string): Element {
    const before = this.#read.get(path);
    if (before !== undefined) return before;
    // Intake has looked into parts of this name only.
    if (!/\.xml$/i.test(path)) damaged(`${path}: no .xml`);
    const element = readXml(this.bytes(path), path);
    this.#read.set(path, element);
    return element;
  }
}
