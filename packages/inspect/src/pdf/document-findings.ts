import type { Finding } from '@gongkai/core';
import { makeFinding } from '../finding.ts';
import { inspectText } from '../text/search-text.ts';
import type { DocumentDump } from './document-dump.ts';
import { type PdfDocument, readUtf16 } from './engine.ts';

const personal = ['Author', 'Subject', 'Keywords'];
/** Standard keys that name programs and times; a person is named in the others. */
const plain = new Set(['Title', 'Creator', 'Producer', 'CreationDate', 'ModDate', 'Trapped', ...personal]);

const metadataWhy = {
  zh: '文件属性中的信息（作者、单位、软件等）不属于正文，出件时会去掉。',
  en: 'Properties of the file (author, office, program) are not part of the text; rendering takes them away.',
};

const attachments = ({ engine, handle }: PdfDocument): Finding[] => {
  const { api } = engine;
  const count = api.FPDFDoc_GetAttachmentCount(handle);
  return Array.from({ length: Math.max(0, Math.min(count, 1000)) }, (_, index) => {
    const attachment = api.FPDFDoc_GetAttachment(handle, index);
    const name =
      attachment === 0
        ? ''
        : readUtf16(engine, (buffer, bytes) => api.FPDFAttachment_GetName(attachment, buffer, bytes));
    return [
      makeFinding({
        kind: 'attachment',
        severity: 'high',
        rule: 'pdf-attachment',
        sure: 1,
        text: name || `#${index + 1}`,
        part: 'EmbeddedFiles',
        ordinal: index,
        removedByRender: true,
        why: {
          zh: 'PDF 中嵌有其他文件，未经检查；出件时会去掉。要公开请作为附件单独上传。',
          en: 'Another file is embedded; it was not searched and rendering takes it away. Upload it as an attachment if it should be public.',
        },
      }),
      ...inspectText(name, 'EmbeddedFiles'),
    ];
  }).flat();
};

const information = ({ engine, handle }: PdfDocument): Finding[] => {
  const { api, runtime, scratch } = engine;
  const value = (key: string): string =>
    readUtf16(engine, (buffer, bytes) => api.FPDF_GetMetaText(handle, key, buffer, bytes), 4000).trim();
  const custom: string[] = [];
  const keys = Math.min(api.EPDF_GetMetaKeyCount(handle, false), 200);
  for (let index = 0; index < keys; index++) {
    api.EPDF_GetMetaKeyName(handle, index, false, scratch, 64);
    const bytes = Buffer.from(runtime.HEAPU8.subarray(scratch, scratch + 64));
    const key = bytes.toString('utf8', 0, bytes.indexOf(0) === -1 ? 64 : bytes.indexOf(0));
    if (key !== '' && !plain.has(key)) custom.push(key);
  }
  const named = [...personal, ...custom].flatMap((key) => {
    const text = value(key);
    if (text === '') return [];
    return [
      makeFinding({
        kind: 'metadata',
        severity: 'low',
        rule: 'pdf-information',
        sure: 1,
        text,
        part: `Info/${key}`,
        removedByRender: true,
        why: metadataWhy,
      }),
    ];
  });
  const searched = ['Title', ...personal, ...custom].flatMap((key) => inspectText(value(key), `Info/${key}`));
  return [...named, ...searched];
};

const xmp = (dump: DocumentDump): Finding[] =>
  dump.metadata.flatMap((packet, index) => {
    const text = packet
      .replace(/<[^>]*>/g, '\n')
      .replace(/\s*\n\s*/g, '\n')
      .trim();
    const creator = /<dc:creator>([\s\S]*?)<\/dc:creator>/
      .exec(packet)?.[1]
      ?.replace(/<[^>]*>/g, ' ')
      .trim();
    const named = creator
      ? [
          makeFinding({
            kind: 'metadata',
            severity: 'low',
            rule: 'pdf-xmp',
            sure: 1,
            text: creator,
            part: 'XMP/dc:creator',
            ordinal: index,
            removedByRender: true,
            why: metadataWhy,
          }),
        ]
      : [];
    return [...named, ...inspectText(text, 'XMP')];
  });

const scripts = ({ engine, handle }: PdfDocument, dump: DocumentDump | undefined): Finding[] => {
  const names = new Set(dump?.actions ?? []);
  if (engine.api.FPDFDoc_GetJavaScriptActionCount(handle) > 0) names.add('JavaScript');
  return [...names].map((name) =>
    makeFinding({
      kind: 'active-content',
      severity: 'high',
      rule: 'pdf-action',
      sure: 1,
      text: name,
      part: 'Catalog',
      removedByRender: true,
      why: {
        zh: 'PDF 含有会自动执行的内容（脚本、启动程序、提交表单等），出件时会去掉。',
        en: 'The PDF holds something that runs by itself (script, launch, form submission); rendering takes it away.',
      },
    }),
  );
};

const signatures = ({ engine, handle }: PdfDocument): Finding[] => {
  const count = engine.api.FPDF_GetSignatureCount(handle);
  if (count <= 0) return [];
  return [
    makeFinding({
      kind: 'signature',
      severity: 'low',
      rule: 'pdf-signature',
      sure: 1,
      text: `${count}`,
      part: 'AcroForm',
      removedByRender: true,
      why: {
        zh: '文件带有数字签名。重新出件后原签名失效，请留存原件。',
        en: 'The file is digitally signed. Rendering makes a new file without that signature; the original is kept.',
      },
    }),
  ];
};

/** What was found once in the document rather than on a page. */
export const documentFindings = (document: PdfDocument, dump: DocumentDump | undefined): Finding[] => [
  ...attachments(document),
  ...information(document),
  ...(dump ? xmp(dump) : []),
  ...scripts(document, dump),
  ...signatures(document),
];
