import type { Collected } from '../office/collected.ts';
import type { XmlReader } from '../zip/xml-reader.ts';

export type Reader = XmlReader & { readonly end?: () => void };

export const local = (name: string): string => name.slice(name.indexOf(':') + 1);
/** Attributes by their local names: some programs write a prefix before these, too. */
export const localOf = (attributes: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(attributes).map(([key, value]) => [local(key), value]));

/** Fields that name nobody and say nothing of the text. */
const dull =
  /^(?:DocID|CreationDate|ModDate|DocUsage|Cover|CreatorVersion|DocRoot|Signatures|CustomDatas|Keywords)$/;

/** OFD.xml (GB/T 33190 §7.4): who wrote it with what, data of the program's own, earlier versions kept inside. */
export const entryReader = (collected: Collected, part: string): Reader => {
  let field = '';
  let text = '';
  let inside = false;
  return {
    open: (name, given) => {
      const own = local(name);
      if (own === 'DocInfo') inside = true;
      const attributes = localOf(given);
      field = own === 'CustomData' ? (attributes.Name ?? own) : own;
      text = '';
      if (own === 'Version') {
        const what = `${attributes.ID ?? ''} ${attributes.BaseLoc ?? ''}`;
        collected.add({ kind: 'earlier-revision', severity: 'high', rule: 'ofd-version', text: what, part });
      }
    },
    text: (more) => {
      if (text.length < 5_000) text += more;
    },
    close: (name) => {
      if (local(name) === 'DocInfo') inside = false;
      if (inside && text.trim() !== '' && !dull.test(field)) {
        collected.add({
          kind: 'metadata',
          severity: 'low',
          rule: 'ofd-property',
          text,
          part: `${part} ${field}`,
          removedByRender: true,
        });
      }
      text = '';
    },
  };
};

/** Attachments.xml (§20): other files inside; conversion leaves them where they are. */
export const attachmentsReader = (collected: Collected, part: string): Reader => ({
  open: (name, given) => {
    if (local(name) !== 'Attachment') return;
    const { Name = '', Format = '', Usage = '' } = localOf(given);
    collected.add({
      kind: 'attachment',
      severity: 'high',
      rule: 'ofd-attachment',
      text: [Name, Format, Usage].filter((it) => it !== '').join(' '),
      part,
      removedByRender: true,
    });
  },
});

/** Signatures.xml (§18). */
export const signaturesReader = (collected: Collected, part: string): Reader => ({
  open: (name, given) => {
    if (local(name) !== 'Signature') return;
    const { ID = '', Type = '', BaseLoc = '' } = localOf(given);
    collected.add({
      kind: 'signature',
      severity: 'low',
      rule: 'ofd-signature',
      text: `${Type || 'Seal'} ${ID} ${BaseLoc}`,
      part,
      removedByRender: true,
    });
  },
});

/** Text of parts that no page shows: custom tags (§16), extensions (§17), and whatever a program adds. */
export const looseReader = (collected: Collected, part: string): Reader => {
  let text = '';
  return {
    open: (_, given) => {
      for (const value of Object.values(localOf(given)))
        if (/[\u3400-\u9fff]|\d{7}/.test(value) && text.length < 20_000) text += `${value} `;
    },
    text: (more) => {
      if (text.length < 20_000) text += `${more} `;
    },
    end: () => {
      if (text.trim() === '') return;
      collected.add({
        kind: 'metadata',
        severity: 'low',
        rule: 'ofd-data',
        text,
        part,
        removedByRender: true,
      });
    },
  };
};
