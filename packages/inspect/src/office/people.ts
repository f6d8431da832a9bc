import type { XmlReader } from '../zip/xml-reader.ts';
import type { Collected } from './collected.ts';

/** Who changed and commented, with the accounts and addresses that programs note beside the names. */
export const peoplePart = /^(?:word\/people|xl\/persons\/[^/]*|ppt\/(?:commentAuthors|authors))\.xml$/i;

export const peopleReader = (collected: Collected, part: string): XmlReader => ({
  open: (_, attributes) => {
    const told = Object.entries(attributes)
      .filter(([name]) => /(?:^|:)(?:author|displayName|name|userId|initials)$/.test(name))
      .map(([, value]) => value);
    if (told.length > 0)
      collected.add({
        kind: 'metadata',
        severity: 'low',
        rule: 'office-people',
        text: told.join(' '),
        part,
        removedByRender: true,
      });
  },
});
