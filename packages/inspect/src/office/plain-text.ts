import type { FindingKind, Severity } from '@gongkai/core';
import type { XmlReader } from '../zip/xml-reader.ts';
import type { Collected } from './collected.ts';

const local = (name: string): string => name.slice(name.indexOf(':') + 1);

type Telling = {
  readonly kind: FindingKind;
  readonly severity: Severity;
  readonly rule: string;
  readonly removedByRender?: boolean;
};

/** The whole text of a small part (notes, comments, custom XML) as one finding. */
export const textReader = (
  collected: Collected,
  part: string,
  telling: Telling,
  within?: ReadonlySet<string>,
): XmlReader & { end: () => void } => {
  let text = '';
  let inside = within === undefined ? 1 : 0;
  return {
    open: (name) => {
      if (within?.has(local(name))) inside += 1;
    },
    text: (more) => {
      if (inside > 0 && text.length < 20_000) text += `${more} `;
    },
    close: (name) => {
      if (within?.has(local(name))) inside -= 1;
    },
    end: () => {
      if (text.trim() !== '') collected.add({ ...telling, text, part });
    },
  };
};

/** One finding a field: docProps/core.xml, app.xml, custom.xml, meta.xml. Numbers and dates name nobody. */
export const propertiesReader = (collected: Collected, part: string): XmlReader => {
  const dull =
    /^(?:created|modified|revision|TotalTime|Pages|Words|Characters|CharactersWithSpaces|Lines|Paragraphs|Application|AppVersion|DocSecurity|ScaleCrop|LinksUpToDate|SharedDoc|HyperlinksChanged|Template|generator|creation-date|date|editing-cycles|editing-duration|Slides|Notes|HiddenSlides|MMClips|PresentationFormat|language|version|contentStatus|print-date|i4|lpstr|bool|vector|variant|HeadingPairs|TitlesOfParts)$/;
  const path: string[] = [];
  let text = '';
  return {
    open: (name, attributes) => {
      path.push(attributes.name ?? attributes['meta:name'] ?? local(name));
      text = '';
    },
    text: (more) => {
      if (text.length < 5_000) text += more;
    },
    close: () => {
      const own = path.pop() ?? '';
      // custom.xml: <property name="审核人"><vt:lpwstr>…
      const field = /^(?:lpwstr|lpstr)$/.test(own) ? (path.at(-1) ?? own) : own;
      if (text.trim() !== '' && path.length > 0 && !dull.test(field)) {
        collected.add({
          kind: 'metadata',
          severity: 'low',
          rule: 'office-property',
          text,
          part: `${part} ${field}`,
          removedByRender: true,
        });
      }
      text = '';
    },
  };
};
