import type { Box, Finding } from '@gongkai/core';
import { makeFinding } from '../finding.ts';
import type { PdfDocument } from './engine.ts';

const action = { goTo: 1, remoteGoTo: 2, uri: 3, launch: 4, embeddedGoTo: 5 };

/** What a reader's machine would do: `https` only opens a page, the rest reaches into machines. */
const harmless = /^(?:https?|mailto|tel|ftp):/i;

const utf8 = ({ engine }: PdfDocument, call: (buffer: number, bytes: number) => number): string => {
  const { runtime } = engine;
  const size = Math.min(call(0, 0), 8192);
  if (size <= 1) return '';
  const buffer = runtime.wasmExports.malloc(size);
  try {
    call(buffer, size);
    return Buffer.from(runtime.HEAPU8.subarray(buffer, buffer + size - 1)).toString('utf8');
  } finally {
    runtime.wasmExports.free(buffer);
  }
};

/** The finding for a link annotation, or undefined for a jump inside the document. */
export const linkFinding = (
  document: PdfDocument,
  annotation: number,
  boxes: readonly Box[],
): Finding | undefined => {
  const { engine, handle } = document;
  const { api } = engine;
  const link = api.FPDFAnnot_GetLink(annotation);
  const what = link === 0 ? 0 : api.FPDFLink_GetAction(link);
  if (what === 0) return undefined;
  const type = api.FPDFAction_GetType(what);
  if (type === action.uri) {
    const target = utf8(document, (buffer, bytes) => api.FPDFAction_GetURIPath(handle, what, buffer, bytes));
    if (target === '') return undefined;
    const plain = harmless.test(target) || !/^[a-z][a-z0-9+.-]*:|^\\\\/i.test(target);
    return makeFinding({
      kind: plain ? 'external-link' : 'active-content',
      severity: plain ? 'low' : 'high',
      rule: 'pdf-link',
      sure: 1,
      text: target,
      boxes,
      why: plain
        ? {
            zh: '指向外部的链接，请确认网址可以公开。',
            en: 'A link to the outside; make sure that its address may be public.',
          }
        : {
            zh: '链接指向本机或内网的文件。',
            en: 'The link reaches a file on a machine or an inner network.',
          },
    });
  }
  if (type === action.remoteGoTo || type === action.launch || type === action.embeddedGoTo) {
    const target = utf8(document, (buffer, bytes) => api.FPDFAction_GetFilePath(what, buffer, bytes));
    return makeFinding({
      kind: 'active-content',
      severity: 'high',
      rule: 'pdf-link',
      sure: 1,
      text: target || 'Launch',
      boxes,
      removedByRender: true,
      why: { zh: '链接会打开其他文件或程序。', en: 'The link opens another file or a program.' },
    });
  }
  return undefined;
};
