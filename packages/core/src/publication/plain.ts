/**
 * Characters that steer rather than say: controls, zero-width and bidi marks. A title may not turn the line
 * around it (U+202E), hide in it, or break a header; XML 1.0 forbids most of them.
 */
const steering =
  /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\uffff]/gu;

/** One line of text that is safe to set into a page, a feed or a file name (still to be escaped there). */
export const plain = (text: string): string =>
  text
    .toWellFormed()
    .replace(/[\t\n\r]+/g, ' ')
    .replace(steering, '')
    .trim();
