/** ISO 14289-1, 5; PDF/A-2 wants every schema that is not its own described (ISO 19005-2, 6.6.2.3). */
const namespace = 'http://www.aiim.org/pdfua/ns/id/';
const schema =
  '<rdf:li rdf:parseType="Resource"><pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>' +
  `<pdfaSchema:namespaceURI>${namespace}</pdfaSchema:namespaceURI><pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>` +
  '<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource"><pdfaProperty:category>internal</pdfaProperty:category>' +
  '<pdfaProperty:description>Part of ISO 14289 that the document conforms to</pdfaProperty:description>' +
  '<pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType></rdf:li></rdf:Seq>' +
  '</pdfaSchema:property></rdf:li>';

const inserted = (text: string, before: string, what: string): string => {
  const at = text.indexOf(before);
  if (at < 0) throw new Error(`typst: no ${before} where it was`);
  return text.slice(0, at) + what + text.slice(at);
};

/** Metadata: its length, and in it the claim. */
const claiming = (metadata: string): string => {
  const packet = metadata.indexOf('<?xpacket begin');
  const end = metadata.indexOf('\nendstream', packet);
  if (packet < 0 || end < 0) throw new Error('typst: no XMP where it was');
  let xmp = metadata.slice(packet, end);
  xmp = inserted(xmp, 'xmlns:pdfaid=', `xmlns:pdfuaid="${namespace}" `);
  xmp = inserted(xmp, '<rdf:li rdf:parseType="Resource"><pdfaSchema:schema>', schema);
  xmp = inserted(xmp, '<pdfaid:part>', '<pdfuaid:part>1</pdfuaid:part>');
  const head = metadata.slice(0, packet).replace(/\/Length \d+/, `/Length ${xmp.length}`);
  return head + xmp + metadata.slice(end);
};

/**
 * What Typst says only with `ua-1`, which is no PDF/A, said in its PDF/A-2a: that readers show the title, not the name of the
 * file (PDF/UA-1, 7.1-10), and, where it holds, that it is PDF/UA-1. Metadata and catalog are its last two objects, so that
 * nothing else moves. Throws where they are not.
 */
export const readAloud = (pdf: Uint8Array, universal: boolean): Uint8Array => {
  const text = Buffer.from(pdf).toString('latin1');
  const end = /startxref\s+(\d+)\s+%%EOF\s*$/.exec(text);
  const table = Number(end?.[1]);
  const trailer = text.slice(table);
  const starts = [...trailer.matchAll(/(\d{10}) 00000 n/g)].slice(-2).map(([, at]) => Number(at));
  const [first = -1, second = -1] = starts;
  const [metadata, catalog] = [text.slice(first, second), text.slice(second, table)];
  if (first < 0 || !metadata.includes('/Type /Metadata') || !catalog.includes('/Type /Catalog'))
    throw new Error('typst: metadata and catalog are not where they were');
  const said = universal ? claiming(metadata) : metadata;
  const shown = inserted(catalog, '/Direction /L2R', '/DisplayDocTitle true\n    ');
  const moved = (at: number): string => String(at).padStart(10, '0');
  const newCatalog = first + said.length;
  const tail = trailer
    .replace(`${moved(second)} 00000 n`, `${moved(newCatalog)} 00000 n`)
    .replace(/startxref\s+\d+/, `startxref\n${newCatalog + shown.length}`);
  return Buffer.from(text.slice(0, first) + said + shown + tail, 'latin1');
};
