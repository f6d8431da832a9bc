import type { FileType } from '@gongkai/core';
import { refuse } from '../intake/refused.ts';
import type { XmlReader } from '../zip/xml-reader.ts';
import type { Collected } from './collected.ts';
import { propertiesReader } from './plain-text.ts';
import { checkHyperlink } from './relationships.ts';

export const mimeTypes: ReadonlyMap<string, FileType> = new Map([
  ['application/vnd.oasis.opendocument.text', 'odt'],
  ['application/vnd.oasis.opendocument.spreadsheet', 'ods'],
  ['application/vnd.oasis.opendocument.presentation', 'odp'],
]);

type Kind = 'tracked-change' | 'comment' | 'hidden-text' | 'speaker-notes';
const regions: Readonly<Record<string, Kind>> = {
  'text:changed-region': 'tracked-change',
  'office:annotation': 'comment',
  'text:hidden-text': 'hidden-text',
  'text:hidden-paragraph': 'hidden-text',
  'presentation:notes': 'speaker-notes',
};
const severities = {
  'tracked-change': 'high',
  comment: 'medium',
  'hidden-text': 'high',
  'speaker-notes': 'medium',
} as const;

/** Reads content.xml and styles.xml of an ODF package. */
const contentReader = (collected: Collected, part: string): XmlReader => {
  const open: { depth: number; kind: Kind; text: string }[] = [];
  const hiddenStyles = new Set<string>();
  const unshown = new Set<string>();
  let style = '';
  return {
    open: (name, attributes, depth) => {
      const kind =
        regions[name] ??
        (unshown.has(attributes['text:style-name'] ?? '') ? ('hidden-text' as const) : undefined);
      if (kind) open.push({ depth, kind, text: attributes['text:string-value'] ?? '' });
      if (name === 'style:style') style = attributes['style:name'] ?? '';
      if (name === 'style:text-properties' && attributes['text:display'] === 'none') unshown.add(style);
      if (name === 'style:table-properties' && attributes['table:display'] === 'false')
        hiddenStyles.add(style);
      if (name === 'table:table' && hiddenStyles.has(attributes['table:style-name'] ?? '')) {
        const sheet = attributes['table:name'] ?? '';
        collected.add({
          kind: 'hidden-sheet',
          severity: 'high',
          rule: 'hidden-sheet',
          text: sheet,
          part: `sheet ${sheet} (hidden)`,
        });
      }
      if (/^table:table-(?:row|column)$/.test(name) && attributes['table:visibility'] === 'collapse') {
        collected.add({
          kind: 'hidden-rows-columns',
          severity: 'high',
          rule: 'hidden-rows-columns',
          text: name,
          part,
        });
      }
      if (name === 'office:dde-source' || name === 'table:dde-link' || name === 'text:dde-connection-decl') {
        refuse('external-reference', { part, target: 'DDE' });
      }
      if (name === 'script:event-listener' || name === 'office:script') {
        refuse('macros', { part });
      }
      const target = attributes['xlink:href'];
      if (target === undefined || target.startsWith('#')) return;
      if (name === 'text:a' || name === 'draw:a') return checkHyperlink(collected, part, target);
      if (/^[a-z][a-z0-9+.-]*:|^\\\\|^\/|^\.\.\//i.test(target)) {
        refuse('external-reference', { part, target: target.slice(0, 120) });
      }
    },
    text: (text) => {
      for (const region of open) if (region.text.length < 5_000) region.text += text;
    },
    close: (_, depth) => {
      const last = open.at(-1);
      if (last?.depth !== depth) return;
      open.pop();
      // LibreOffice writes an empty notes page for every slide.
      if (last.text.trim() === '' && last.kind === 'speaker-notes') return;
      collected.add({
        kind: last.kind,
        severity: severities[last.kind],
        rule: `odf-${last.kind}`,
        text: last.text,
        part,
      });
    },
  };
};

export const odfReader = (collected: Collected, part: string): XmlReader => {
  if (part === 'meta.xml') return propertiesReader(collected, part);
  if (part === 'META-INF/manifest.xml') {
    return {
      open: (name, attributes) => {
        if (name === 'manifest:encryption-data') refuse('encrypted');
        if (/^application\/vnd\.sun\.xml\.ui/.test(attributes['manifest:media-type'] ?? '')) return;
        if (/^Basic\//.test(attributes['manifest:full-path'] ?? '')) refuse('macros', { part: 'Basic' });
      },
    };
  }
  if (/(?:^|\/)(?:content|styles)\.xml$/.test(part)) return contentReader(collected, part);
  return {};
};
