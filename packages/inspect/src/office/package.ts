import type { FileType, Finding } from '@gongkai/core';
import { imageSize, isFlood } from '../intake/image-size.ts';
import { refuse } from '../intake/refused.ts';
import { entryPart, examineOfd } from '../ofd/index.ts';
import { photographFindings } from '../photograph/metadata.ts';
import { type Archive, openArchive, type Part } from '../zip/archive.ts';
import { type XmlReader, xmlParser } from '../zip/xml-reader.ts';
import { Collected } from './collected.ts';
import { descriptionReader } from './description.ts';
import { mimeTypes, odfReader } from './opendocument.ts';
import { peoplePart, peopleReader } from './people.ts';
import { propertiesReader, textReader } from './plain-text.ts';
import { relationshipsReader } from './relationships.ts';
import { cellFormatReader, externalLinkReader, workbookReader, worksheetReader } from './sheet.ts';
import { presentationReader, type SlideSize, slideReader } from './slide.ts';
import { storyReader, styleReader } from './word.ts';
import { wordSettingsReader } from './word-settings.ts';

type Reader = XmlReader & { readonly end?: () => void };
export type ZipDocument = { readonly type: FileType; readonly findings: readonly Finding[] };

const mainParts: readonly (readonly [RegExp, FileType])[] = [
  [/wordprocessingml\.(?:document|template)\.main\+xml/, 'docx'],
  [/spreadsheetml\.(?:sheet|template)\.main\+xml/, 'xlsx'],
  [/presentationml\.(?:presentation|slideshow|template)\.main\+xml/, 'pptx'],
];

/** Small parts that decide what the rest means. */
const readWhole = async (archive: Archive, part: Part): Promise<Buffer> => {
  if (part.size > 4 * 1024 * 1024) refuse('archive-bomb', { detail: part.name.slice(0, 80) });
  const chunks: Buffer[] = [];
  await archive.read(part, (chunk) => chunks.push(chunk));
  return Buffer.concat(chunks);
};

const typeOf = async (archive: Archive): Promise<FileType> => {
  const named = new Map(archive.parts.map((part) => [part.name, part]));
  if (named.has(entryPart)) return 'ofd';
  const mime = named.get('mimetype');
  if (mime) {
    const text = (await readWhole(archive, mime)).toString('latin1').trim();
    const type = mimeTypes.get(text);
    return type ?? refuse('type-not-accepted', { type: text.slice(0, 60) || 'ZIP' });
  }
  const types = named.get('[Content_Types].xml');
  if (!types) return refuse('type-not-accepted', { type: 'ZIP' });
  const text = (await readWhole(archive, types)).toString('utf8');
  if (/<!DOCTYPE|<!ENTITY/i.test(text)) refuse('xml-dangerous', { part: types.name });
  if (/macroEnabled|vbaProject|vnd\.ms-office\.activeX/i.test(text)) refuse('macros', { part: types.name });
  for (const [pattern, type] of mainParts) if (pattern.test(text)) return type;
  return refuse('type-not-accepted', { type: /ms-excel\.sheet\.binary/.test(text) ? 'xlsb' : 'ZIP (OPC)' });
};

const macros =
  /(?:^|\/)(?:vbaProject\.bin|vbaData\.xml|macrosheets\/|intlMacrosheets\/)|^Basic\/|^Scripts\//i;
const embedded = /(?:^|\/)(?:embeddings|activeX)\//i;

const nested: readonly (readonly [string, string])[] = [
  ['PK\x03\x04', 'ZIP'],
  ['%PDF-', 'PDF'],
  ['\xd0\xcf\x11\xe0', 'OLE'],
  ['Rar!', 'RAR'],
  ['7z\xbc\xaf', '7z'],
  ['\x1f\x8b\x08', 'gzip'],
  ['MZ', 'EXE'],
];

/** EXIF, XMP and IPTC stand in front, in segments of at most 64 KiB each. */
const headOfPicture = 256 * 1024;

/** A part that is not XML: nothing may be packed inside it, and a picture may not be a flood of pixels. */
const binaryReader = (
  collected: Collected,
  name: string,
  attached = false,
): { take: (chunk: Buffer) => void; end: () => void } => {
  let head: Buffer = Buffer.alloc(0);
  return {
    take: (chunk) => {
      if (head.length < headOfPicture) head = Buffer.concat([head, chunk.subarray(0, headOfPicture)]);
    },
    end: () => {
      const start = head.toString('latin1', 0, 8);
      for (const [magic, what] of nested) {
        if (start.startsWith(magic) && !attached && !/printerSettings|\.odttf$|\.fntdata$/i.test(name)) {
          refuse(embedded.test(name) ? 'embedded-object' : 'archive-nested', {
            part: `${name.slice(0, 80)} (${what})`,
          });
        }
      }
      const size = imageSize(head);
      if (size && isFlood(size))
        refuse('image-too-large', { detail: `${name.slice(0, 80)} ${size.width}×${size.height}` });
      if (size) collected.take(photographFindings(head, name));
    },
  };
};

/** What one part tells about another. */
type Shared = { readonly hiddenStyles: Set<string>; readonly slide: SlideSize };

const readerFor = (name: string, collected: Collected, { hiddenStyles, slide }: Shared): Reader => {
  if (/\.rels$/i.test(name)) return relationshipsReader(collected, name);
  if (/^docProps\/.*\.xml$/i.test(name)) return propertiesReader(collected, name);
  if (/^customXml\/item\d*\.xml$/i.test(name)) {
    return textReader(collected, name, {
      kind: 'metadata',
      severity: 'low',
      rule: 'custom-xml',
      removedByRender: true,
    });
  }
  if (/^word\/(?:document|header|footer|footnotes|endnotes|comments)[^/]*\.xml$/i.test(name)) {
    return storyReader(collected, name, hiddenStyles);
  }
  if (/^word\/glossary\/document\.xml$/i.test(name)) {
    return textReader(
      collected,
      name,
      { kind: 'metadata', severity: 'low', rule: 'glossary', removedByRender: true },
      new Set(['t']),
    );
  }
  if (/^word\/settings\.xml$/i.test(name)) return wordSettingsReader(collected, name);
  if (peoplePart.test(name)) return peopleReader(collected, name);
  if (/^xl\/drawings\/[^/]*\.xml$/i.test(name)) return descriptionReader(collected, name);
  if (/^xl\/styles\.xml$/i.test(name)) return cellFormatReader(collected, name);
  if (/^xl\/workbook\.xml$/i.test(name)) return workbookReader(collected);
  if (/^xl\/(?:work|chart|dialog)sheets\/[^/]*\.xml$/i.test(name)) return worksheetReader(collected, name);
  if (/^xl\/externalLinks\/[^/]*\.xml$/i.test(name)) return externalLinkReader(name);
  if (/^(?:xl|ppt)\/(?:threadedComments\/|comments)[^/]*\/?[^/]*\.xml$/i.test(name)) {
    return textReader(collected, name, { kind: 'comment', severity: 'medium', rule: 'office-comment' });
  }
  if (/^ppt\/notesSlides\/[^/]*\.xml$/i.test(name)) {
    const within = new Set(['t']);
    return textReader(
      collected,
      name,
      { kind: 'speaker-notes', severity: 'medium', rule: 'speaker-notes' },
      within,
    );
  }
  if (/^ppt\/presentation\.xml$/i.test(name)) return presentationReader(slide);
  if (/^ppt\/slides\/[^/]*\.xml$/i.test(name)) return slideReader(collected, name, slide);
  return {};
};

const partFindings = (collected: Collected, parts: readonly Part[]): void => {
  const first = (pattern: RegExp): Part | undefined => parts.find(({ name }) => pattern.test(name));
  const pivot = first(/^xl\/pivotCache\/.*Records/i) ?? first(/^xl\/pivotCache\//i);
  if (pivot) {
    collected.add({
      kind: 'hidden-sheet',
      severity: 'high',
      rule: 'pivot-cache',
      text: pivot.name,
      part: pivot.name,
    });
  }
  const thumbnail = first(/^(?:docProps|Thumbnails)\/thumbnail\.\w+$/i);
  if (thumbnail) {
    collected.add({
      kind: 'metadata',
      severity: 'low',
      rule: 'office-thumbnail',
      text: thumbnail.name,
      part: thumbnail.name,
      removedByRender: true,
    });
  }
  const signature = first(/^_xmlsignatures\/.*\.xml$|^META-INF\/documentsignatures\.xml$/i);
  if (signature) {
    collected.add({
      kind: 'signature',
      severity: 'low',
      rule: 'office-signature',
      text: signature.name,
      part: signature.name,
      removedByRender: true,
    });
  }
  const connections = first(/^xl\/(?:connections|queryTables\/.*)\.xml$/i);
  if (connections) {
    collected.add({
      kind: 'external-link',
      severity: 'high',
      rule: 'data-connection',
      text: connections.name,
      part: connections.name,
    });
  }
};

/** Examines a ZIP document part by part; no more than one part's stream is in memory. Throws `Refused`. */
export const examinePackage = async (path: string): Promise<ZipDocument> => {
  const archive = await openArchive(path);
  try {
    const code = archive.parts.find(({ name }) => macros.test(name));
    const type = await typeOf(archive);
    if (code) refuse('macros', { part: code.name.slice(0, 80) });
    const object = archive.parts.find(({ name }) => embedded.test(name));
    if (object) refuse('embedded-object', { part: object.name.slice(0, 80) });
    const collected = new Collected();
    if (type === 'ofd') {
      // An attachment may be of any kind: it is told of, and not carried into the PDF.
      await examineOfd(archive, collected, async (part, attached) => {
        const binary = binaryReader(collected, part.name, attached);
        await archive.read(part, binary.take);
        binary.end();
      });
      return { type, findings: collected.all() };
    }
    const shared: Shared = { hiddenStyles: new Set(), slide: {} };
    const openDocument = /^od/.test(type);
    partFindings(collected, archive.parts);
    // First what decides what of the others is seen.
    const first = ({ name }: Part): number => Number(/styles|^ppt\/presentation\.xml$/i.test(name));
    const ordered = [...archive.parts].sort((one, other) => first(other) - first(one));
    for (const part of ordered) {
      if (part.size === 0) await archive.read(part, () => {});
      else if (/\.(?:xml|rels|vml|rdf)$/i.test(part.name)) {
        const reader: Reader = openDocument
          ? odfReader(collected, part.name)
          : /^word\/styles\.xml$/i.test(part.name)
            ? styleReader(shared.hiddenStyles)
            : readerFor(part.name, collected, shared);
        const parser = xmlParser(part.name, reader);
        await archive.read(part, parser.take);
        parser.end();
        reader.end?.();
      } else {
        const binary = binaryReader(collected, part.name);
        await archive.read(part, binary.take);
        binary.end();
      }
    }
    return { type, findings: collected.all() };
  } finally {
    archive.close();
  }
};
