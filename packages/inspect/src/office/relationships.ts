import { refuse } from '../intake/refused.ts';
import type { XmlReader } from '../zip/xml-reader.ts';
import type { Collected } from './collected.ts';

const web = /^(?:https?|mailto|tel|ftp):/i;
const local = /^file:\/{2,3}[A-Za-z]:|^[A-Za-z]:[\\/]/i;
const reaches = /^file:|^\\\\|^\/\/|^[A-Za-z]:[\\/]|^(?:smb|nfs|ms-[a-z]+|javascript|vbscript|mhtml|res):/i;

/** A link that a person clicks: the web is fine, a file on a server is not (it makes the machine sign in there). */
export const checkHyperlink = (collected: Collected, part: string, target: string): void => {
  if (reaches.test(target)) refuse('external-reference', { part, target: target.slice(0, 120) });
  if (web.test(target)) collected.link(target);
};

const external = (collected: Collected, part: string, type: string, target: string): void => {
  if (type === 'hyperlink') {
    checkHyperlink(collected, part, target);
    return;
  }
  // For the first version a finding: what a linked workbook cached is data, not an attack (bad-inputs row 28).
  if (type === 'externalLinkPath' || type === 'externalLink') {
    collected.add({ kind: 'external-link', severity: 'high', rule: 'external-workbook', text: target, part });
    return;
  }
  // Word notes where its template lay on the author's own disk. Nothing is fetched from there.
  if (type === 'attachedTemplate' && local.test(target)) {
    collected.add({
      kind: 'external-link',
      severity: 'low',
      rule: 'attached-template',
      text: target,
      part,
      removedByRender: true,
    });
    return;
  }
  refuse('external-reference', { part, target: target.slice(0, 120) });
};

/** Reads a `.rels` part: what the package reaches for, outside and inside. */
export const relationshipsReader = (collected: Collected, part: string): XmlReader => ({
  open: (name, attributes) => {
    if (!/(?:^|:)Relationship$/.test(name)) return;
    const type = (attributes.Type ?? '').split('/').at(-1) ?? '';
    const target = attributes.Target ?? '';
    if (
      /^(?:vbaProject|wordVbaData|xlMacrosheet|xlIntlMacrosheet|attachedToolbars|keyMapCustomizations)$/.test(
        type,
      )
    ) {
      if (type !== 'keyMapCustomizations') refuse('macros', { part: target.slice(0, 80) });
    }
    if (attributes.TargetMode === 'External') external(collected, part, type, target);
    else if (/^(?:oleObject|package|control|activeXControlBinary|aFChunk|subDocument)$/.test(type)) {
      refuse('embedded-object', { part: target.slice(0, 80) });
    }
  },
});
