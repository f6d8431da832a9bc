import type { Office } from '../commands/office.ts';
import type { Message } from '../ports/index.ts';
import { advance, fileOf, refuseFile } from './file.ts';

/** 转换: a PDF whose pages match the original. */
export const convert = async (office: Office, message: Message): Promise<void> => {
  const found = await fileOf(office, message, 'accepted');
  if (!found?.file.type) return;
  const startedAt = office.clock.now();
  const { file } = found;
  const done = await office.converter.convert(
    { area: 'vault', sha256: file.sha256 },
    found.file.type,
    file.name,
  );
  if (!done.ok) return refuseFile(office, 'convert', message, 'accepted', startedAt, done.error);
  const { pdf, pages, substitutedFonts, notArchival } = done.value;
  await advance(
    office,
    'convert',
    message,
    'accepted',
    startedAt,
    (entry) => ({
      file: {
        ...entry,
        progress: 'converted',
        pdf: pdf.sha256,
        pages,
        substitutedFonts: [...substitutedFonts],
        ...(notArchival?.length ? { notArchival: [...notArchival] } : {}),
      },
      follow: [{ type: 'inspect', payload: { file: file.id } }],
    }),
    [pdf],
  );
};
