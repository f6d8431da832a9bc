import type { Finding } from '@gongkai/core';
import { makeFinding } from '../finding.ts';
import type { DocumentDump } from './document-dump.ts';

/** Values of form fields that stand on no page, and what fields fall back to. Those on pages: annotations.ts. */
export const fieldValues = ({ fieldValues }: DocumentDump, found: readonly Finding[]): Finding[] => {
  const told = new Set(found.filter(({ kind }) => kind === 'form-value').map(({ text }) => text));
  return [...new Set(fieldValues)]
    .filter((value) => value.trim() !== '' && !told.has(value))
    .map((text) =>
      makeFinding({
        kind: 'form-value',
        severity: 'medium',
        rule: 'pdf-form-value',
        sure: 1,
        text,
        part: 'AcroForm',
        why: {
          zh: '表单域中有看不见的内容（不在页面上的域，或默认值）。',
          en: 'A form field holds a value that is not seen: a field on no page, or what it falls back to.',
        },
      }),
    );
};
