import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sha256Hex, utf8 } from '@gongkai/core';

/** The texts that the pages load. A host without these files beside its code (a bundle) hands them in. */
export type Assets = {
  /** CSS custom properties only: colour and type. An office that wants its own look replaces this one. */
  readonly theme: string;
  readonly stylesheet: string;
  /** Optional comforts of the pages: suggestions, printing, reading aloud. */
  readonly pageScript: string;
  /** Hashes a file in the browser, for /verify. */
  readonly hashScript: string;
  /** Look and turning of the lobby's screen. */
  readonly screenStylesheet: string;
  readonly screenScript: string;
};

/** From a folder that holds these files, by default the one beside this code. */
const fromDisk =
  (folder: string | URL) =>
  (name: string): string =>
    readFileSync(typeof folder === 'string' ? join(folder, name) : new URL(name, folder), 'utf8');

export type ServedAssets = {
  readonly stylesheet: string;
  readonly pageScript: string;
  readonly hashScript: string;
  readonly screenStylesheet: string;
  readonly screenScript: string;
  readonly icon: string;
  /** By file name, with the hash of the content in it. */
  readonly files: ReadonlyMap<string, { readonly type: string; readonly text: string }>;
};

/** A seal-red square with 公: drawn as strokes, so that it needs no font. */
const icon =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="4" fill="#b3121d"/>' +
  '<path d="M12 7C11 11 9 14 6 17M20 7c1 4 3 7 6 10M15 15c-1 4-3 7-5 9l12-1M19 19l4 6" fill="none" stroke="#fff"' +
  ' stroke-width="2.6" stroke-linecap="round" stroke-linejoin="round"/></svg>';

/** Gives every text an address that changes with its content, so that it may be cached for ever. */
export const serveAssets = (given: Partial<Assets> & { readonly folder?: string } = {}): ServedAssets => {
  const read = fromDisk(given.folder ?? new URL('./assets/', import.meta.url));
  const files = new Map<string, { type: string; text: string }>();
  const serve = (name: string, ending: string, type: string, text: string): string => {
    const file = `${name}.${sha256Hex(utf8(text)).slice(0, 16)}.${ending}`;
    files.set(file, { type, text });
    return `/assets/${file}`;
  };
  const script = 'text/javascript; charset=utf-8';
  const css = 'text/css; charset=utf-8';
  const theme = given.theme ?? read('theme.css');
  const stylesheet = given.stylesheet ?? ['frame.css', 'content.css', 'media.css'].map(read).join('\n');
  return {
    stylesheet: serve('catalogue', 'css', css, `${theme}\n${stylesheet}`),
    pageScript: serve('page', 'js', script, given.pageScript ?? read('page.js')),
    hashScript: serve('hash-file', 'js', script, given.hashScript ?? read('hash-file.js')),
    screenStylesheet: serve(
      'screen',
      'css',
      css,
      `${theme}\n${given.screenStylesheet ?? read('screen.css')}`,
    ),
    screenScript: serve('screen', 'js', script, given.screenScript ?? read('screen.js')),
    icon: serve('icon', 'svg', 'image/svg+xml', icon),
    files,
  };
};
