import type { XmlReader } from '../zip/xml-reader.ts';
import type { Collected } from './collected.ts';

/** word/settings.xml: variables that macros and forms left, and the sessions in which the text was written (rsids). */
export const wordSettingsReader = (collected: Collected, part: string): XmlReader & { end: () => void } => {
  let sessions = 0;
  return {
    open: (name, attributes) => {
      if (name === 'w:rsid') sessions += 1;
      const value = attributes['w:val'] ?? '';
      if (name === 'w:docVar' && value.trim() !== '')
        collected.add({
          kind: 'metadata',
          severity: 'low',
          rule: 'document-variable',
          text: `${attributes['w:name'] ?? ''}: ${value}`,
          part,
          removedByRender: true,
        });
    },
    end: () => {
      if (sessions > 0)
        collected.add({
          kind: 'metadata',
          severity: 'low',
          rule: 'editing-sessions',
          text: `${sessions} rsid`,
          part,
          removedByRender: true,
        });
    },
  };
};
