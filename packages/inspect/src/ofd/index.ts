import { refuse } from '../intake/refused.ts';
import type { Collected } from '../office/collected.ts';
import { type Archive, openArchive, type Part } from '../zip/archive.ts';
import { xmlParser } from '../zip/xml-reader.ts';
import { pageReader } from './page.ts';
import { attachmentsReader, entryReader, looseReader, type Reader, signaturesReader } from './parts.ts';

/** An OFD is a ZIP with this part in its root (GB/T 33190 §6.1). */
export const entryPart = 'OFD.xml';

/** Parts of an encrypted package (GM/T 0099): nothing but the entry can be read. */
const encrypted = /(?:^|\/)(?:encryptions?\.xml|encryptentries\.xml|decryptseed\.dat|entriesmap\.dat)$/i;
/** Structure whose words are numbers and names of parts: pages tell of themselves. */
const structure =
  /(?:^|\/)(?:Document|PublicRes|DocumentRes|Res|PageRes\w*|Annotations|Signature|DocVersion\w*)\.xml$/i;

const readerFor = (root: string, name: string, collected: Collected): Reader => {
  if (name === entryPart) return entryReader(collected, name);
  switch (root) {
    case 'Attachments':
      return attachmentsReader(collected, name);
    case 'Signatures':
      return signaturesReader(collected, name);
    case 'Page':
    case 'PageAnnot':
    case 'Res':
    case 'Document':
      return pageReader(collected, name);
    default:
      return structure.test(name) || root === 'Signature' || root === 'Annotations'
        ? {}
        : looseReader(collected, name);
  }
};

/** The root element decides what a part is: its name is the program's own choice. */
const byRoot = (name: string, collected: Collected): Reader => {
  let reader: Reader | undefined;
  return {
    open: (element, attributes, depth) => {
      reader ??= readerFor(element.slice(element.indexOf(':') + 1), name, collected);
      reader.open?.(element, attributes, depth);
    },
    text: (text) => reader?.text?.(text),
    close: (element, depth) => reader?.close?.(element, depth),
    end: () => reader?.end?.(),
  };
};

const readXml = async (archive: Archive, part: Part, collected: Collected): Promise<void> => {
  const reader = byRoot(part.name, collected);
  const parser = xmlParser(part.name, reader);
  await archive.read(part, parser.take);
  parser.end();
  reader.end?.();
};

const mostSeal = 16 * 1024 * 1024;

/** A seal may be drawn from an OFD inside its own data: that package is checked like the outer one, and may hold no third. */
const examineSeal = async (archive: Archive, part: Part, collected: Collected): Promise<void> => {
  if (part.size > mostSeal) refuse('too-large', { limit: `${part.name.slice(0, 80)} 16 MB` });
  const chunks: Buffer[] = [];
  await archive.read(part, (chunk) => chunks.push(chunk));
  const bytes = Buffer.concat(chunks);
  const start = bytes.indexOf('PK\x03\x04', 0, 'latin1');
  const end = bytes.lastIndexOf('PK\x05\x06', undefined, 'latin1');
  if (start === -1 || end < start) return;
  const inner = await openArchive(bytes.subarray(start, end + 22));
  try {
    for (const one of inner.parts) {
      if (/\.(?:esl|dat)$/i.test(one.name)) refuse('archive-nested', { part: part.name.slice(0, 80) });
      if (/\.xml$/i.test(one.name)) await readXml(inner, one, collected);
      else await inner.read(one, () => {});
    }
  } finally {
    inner.close();
  }
};

/**
 * What stands in an OFD beside its pages, part by part. `binary` looks at a part that is not XML. Throws `Refused`: an encrypted
 * package, a DOCTYPE, a bomb inside a seal.
 */
export const examineOfd = async (
  archive: Archive,
  collected: Collected,
  binary: (part: Part, attached: boolean) => Promise<void>,
): Promise<void> => {
  if (archive.parts.some(({ name }) => encrypted.test(name))) refuse('encrypted');
  for (const part of archive.parts) {
    if (part.size === 0) await archive.read(part, () => {});
    else if (/\.xml$/i.test(part.name)) await readXml(archive, part, collected);
    else if (/\.(?:esl|dat)$/i.test(part.name)) await examineSeal(archive, part, collected);
    else await binary(part, /(?:^|\/)attach/i.test(part.name));
  }
};
