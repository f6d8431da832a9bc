import { err, ok, type Refusal, type Result, refusal } from '@gongkai/core';

const decode = (bytes: Uint8Array, encoding: string): string | undefined => {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch (error) {
    if (error instanceof TypeError) return undefined;
    throw error;
  }
};

/** Text has no control characters but tab, line ends and form feed; binary data that happens to decode has. */
const control = /[\u0000-\u0008\u000b\u000e-\u001f\u007f-\u009f\ufffe\uffff]/u;

/**
 * Text whose every byte decodes: UTF-8, UTF-16 with a byte order mark, or GB18030 (of which GBK and GB2312 are parts).
 * Anything else is refused rather than guessed: a wrong guess publishes a wrong text (bad-inputs 52). Line ends come
 * out as \n.
 */
export const decodeText = (bytes: Uint8Array): Result<string, Refusal> => {
  const [first, second] = bytes;
  const utf16 =
    first === 0xff && second === 0xfe
      ? 'utf-16le'
      : first === 0xfe && second === 0xff
        ? 'utf-16be'
        : undefined;
  const text =
    utf16 === undefined ? (decode(bytes, 'utf-8') ?? decode(bytes, 'gb18030')) : decode(bytes, utf16);
  if (text === undefined) return err(refusal('text-encoding', { detail: utf16 ?? 'UTF-8, GB18030' }));
  const odd = control.exec(text);
  if (odd !== null) {
    const line = text.slice(0, odd.index).split('\n').length;
    const code = odd[0].charCodeAt(0).toString(16).toUpperCase().padStart(4, '0');
    return err(refusal('text-encoding', { detail: `U+${code}, line ${line}` }));
  }
  return ok(text.replace(/\r\n?/g, '\n'));
};
