import { createHash } from 'node:crypto';
import type { ArchivalLevel, ReleasePlan } from '@gongkai/core';
import { type PDFDocument, PDFHexString, PDFName, PDFString } from 'pdf-lib';

const escaped = (text: string): string =>
  // Control characters have no place in XML at all.
  text
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '')
    .replace(/[&<>"]/g, (it) => `&#${it.charCodeAt(0)};`);

const xmp = ({ metadata, createdAt }: ReleasePlan, level: ArchivalLevel | undefined): string => {
  const { title, author, subject, keywords = [], language } = metadata;
  const words = keywords.map(escaped).join(', ');
  const optional = [
    subject === undefined
      ? ''
      : `<dc:description><rdf:Alt><rdf:li xml:lang="x-default">${escaped(subject)}</rdf:li></rdf:Alt></dc:description>`,
    words === '' ? '' : `<pdf:Keywords>${words}</pdf:Keywords>`,
    level === undefined
      ? ''
      : `<pdfaid:part>2</pdfaid:part><pdfaid:conformance>${level}</pdfaid:conformance>`,
  ].join('');
  const at = new Date(createdAt).toISOString();
  return `<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/"><dc:format>application/pdf</dc:format><dc:title><rdf:Alt><rdf:li xml:lang="x-default">${escaped(title)}</rdf:li></rdf:Alt></dc:title><dc:creator><rdf:Seq><rdf:li>${escaped(author)}</rdf:li></rdf:Seq></dc:creator><dc:language><rdf:Bag><rdf:li>${language}</rdf:li></rdf:Bag></dc:language>${optional}<xmp:CreateDate>${at}</xmp:CreateDate><xmp:ModifyDate>${at}</xmp:ModifyDate><xmp:CreatorTool>gongkai</xmp:CreatorTool><pdf:Producer>gongkai</pdf:Producer></rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="r"?>`;
};

/**
 * Gives the release its own metadata, and only that: Info and XMP say the same, the identifier comes from the plan.
 * `level`: it is PDF/A-2 of that level, and says so.
 */
export const describe = (
  document: PDFDocument,
  plan: ReleasePlan,
  original: Uint8Array,
  level: ArchivalLevel | undefined,
): void => {
  const { context, catalog } = document;
  const { metadata } = plan;
  const at = new Date(plan.createdAt);
  const text = (value: string): PDFHexString => PDFHexString.fromText(value);
  const info = context.obj({
    Title: text(metadata.title),
    Author: text(metadata.author),
    Creator: text('gongkai'),
    Producer: text('gongkai'),
    CreationDate: PDFString.fromDate(at),
    ModDate: PDFString.fromDate(at),
  });
  if (metadata.subject !== undefined) info.set(PDFName.of('Subject'), text(metadata.subject));
  if (metadata.keywords?.length) info.set(PDFName.of('Keywords'), text(metadata.keywords.join(', ')));
  context.trailerInfo.Info = context.register(info);
  const packet = context.stream(Buffer.from(xmp(plan, level)), { Type: 'Metadata', Subtype: 'XML' });
  catalog.set(PDFName.of('Metadata'), context.register(packet));
  catalog.set(PDFName.of('Lang'), PDFString.of(metadata.language));
  catalog.set(PDFName.of('ViewerPreferences'), context.obj({ DisplayDocTitle: true }));
  const id = createHash('sha256').update(original).update(JSON.stringify(plan)).digest('hex').slice(0, 32);
  context.trailerInfo.ID = context.obj([PDFHexString.of(id), PDFHexString.of(id)]);
};
