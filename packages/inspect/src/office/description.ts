import type { Attributes, XmlReader } from '../zip/xml-reader.ts';
import type { Collected } from './collected.ts';

/**
 * WordArt, and Word's watermarks (机密 across every page): conversion draws their letters as outlines, so that the text
 * detectors must read them here.
 */
export const noteWordArt = (
  collected: Collected,
  part: string,
  name: string,
  attributes: Attributes,
): void => {
  if (name !== 'v:textpath' || (attributes.string ?? '').trim() === '') return;
  collected.add({
    kind: 'hidden-text',
    severity: 'low',
    rule: 'word-art',
    text: attributes.string ?? '',
    part,
  });
};

/**
 * What is read aloud in place of a picture. It survives conversion as alternative text, where a person is asked
 * (pdf/alternative-text.ts); here it is shown.
 */
export const noteDescription = (
  collected: Collected,
  part: string,
  name: string,
  attributes: Attributes,
): void => {
  if (!/(?:^|:)(?:docPr|cNvPr)$/.test(name)) return;
  const text = [attributes.descr, attributes.title].filter((one) => one !== undefined && one.trim() !== '');
  if (text.length > 0)
    collected.add({
      kind: 'hidden-text',
      severity: 'low',
      rule: 'picture-description',
      text: text.join(' '),
      part,
    });
};

export const descriptionReader = (collected: Collected, part: string): XmlReader => ({
  open: (name, attributes) => noteDescription(collected, part, name, attributes),
});
