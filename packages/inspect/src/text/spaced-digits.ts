/**
 * Patterns for numbers that a space, a hyphen or a line end has broken (「1381234 5678」, a number that runs
 * over the end of a table cell).
 */

/** What may stand between two digits of one number. */
export const gap = '[ \\n\\-·.]{0,2}';

/** `count` digits with gaps, as regular-expression source. */
export const digits = (count: number): string => (count <= 0 ? '' : `\\d(?:${gap}\\d){${count - 1}}`);

/** No digit or masking star may touch a number: without this a mobile is "found" inside every long number. */
export const notAfterDigit = '(?<![\\d*＊Xx])';
export const notBeforeDigit = '(?![\\d*＊])';

/** The number without its gaps. */
export const compact = (text: string): string => text.replace(/[\s\-·.]/g, '');

/** Whether a bare run stands alone or was broken: a broken one needs more proof. */
export const isBroken = (text: string): boolean => /[\s\-·.]/.test(text);
