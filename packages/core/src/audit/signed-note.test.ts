import { expect, it } from 'vitest';
import { fromBase64, toHex } from '../hash/index.ts';
import { openNote } from './signed-note.ts';

/** The example of Go's golang.org/x/mod/sumdb/note: another implementation's key and signature. */
const text =
  "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n";
const note = `${text}\n— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n`;
const publicKey = toHex(
  (fromBase64('ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW') ?? new Uint8Array()).slice(1),
);

it("opens a note that Go's implementation has signed", () => {
  expect(openNote(note, 'PeterNeumann', publicKey)).toEqual({ text });
});

it('refuses it with any word changed, under another name, or with another key', () => {
  expect(openNote(note.replace('answer', 'answers'), 'PeterNeumann', publicKey)).toBe('bad-signature');
  expect(openNote(note, 'RogerNeedham', publicKey)).toBe('unknown-key');
  expect(openNote(note, 'PeterNeumann', publicKey.replace('1a', '1b'))).toBe('unknown-key');
});

it.each([
  '',
  '\n\n',
  text,
  `${text}\n`,
  `${text}\n- PeterNeumann AAAAAAA=\n`,
  note.slice(0, -1),
  `${note}x\n`,
])('does not take %j for a signed note', (given) =>
  expect(openNote(given, 'PeterNeumann', publicKey)).toBe('malformed'),
);
