import { plain } from './plain.ts';

/** RFC 8187: everything but attr-char as %XX. */
const extended = (text: string): string =>
  encodeURIComponent(text).replace(/['()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);

/**
 * RFC 6266: an ASCII name for old programs, the Chinese title for the others. Nothing of the title can end the
 * header, leave the folder or hide the ending.
 */
export const contentDisposition = (
  kind: 'inline' | 'attachment',
  title: string,
  ascii: string,
  ending = 'pdf',
): string => {
  const safe = [
    ...plain(title)
      .replace(/[/\\:*?"<>|]+/g, ' ')
      .replace(/\s+/g, ' ')
      .replace(/^[.\s]+|[.\s]+$/g, ''),
  ]
    .slice(0, 80)
    .join('')
    .trim();
  const fallback = ascii.replace(/[^A-Za-z0-9-]+/g, '-').replace(/^-+|-+$/g, '') || 'document';
  return `${kind}; filename="${fallback}.${ending}"; filename*=UTF-8''${extended(safe || fallback)}.${ending}`;
};
