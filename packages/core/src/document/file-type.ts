import * as z from 'zod';

/** The true type of an original, told by its content. */
export const fileType = z.enum([
  'docx',
  'doc',
  'wps',
  'odt',
  'rtf',
  'xlsx',
  'xls',
  'et',
  'ods',
  'pptx',
  'ppt',
  'odp',
  'pdf',
  'ofd',
  'png',
  'jpg',
  'tiff',
  'txt',
  'md',
  'csv',
  'html',
]);
export type FileType = z.infer<typeof fileType>;
