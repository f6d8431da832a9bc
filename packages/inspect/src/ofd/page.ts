import type { Collected } from '../office/collected.ts';
import { local, localOf, type Reader } from './parts.ts';

const objects = new Set(['TextObject', 'PathObject', 'ImageObject', 'CompositeObject', 'Annot']);
/** What a click or the opening of the file would start; a link to a place in the document is none. */
const started = new Set(['GotoA', 'Sound', 'Movie']);

const clear = ({ Visible, Alpha }: Record<string, string>): boolean =>
  /^(?:false|0)$/i.test(Visible?.trim() ?? '') || (Alpha !== undefined && Number(Alpha) === 0);

/**
 * Pages, templates and annotations (GB/T 33190 §7.7, §15): objects that no reader shows and that conversion does not carry over,
 * notes on them, links. Text that is drawn is searched in the converted PDF.
 */
export const pageReader = (collected: Collected, part: string): Reader => {
  /** Depth of the outermost object that is not shown. */
  let hiddenAt = 0;
  let hidden = '';
  let note = '';
  let noting = 0;
  return {
    open: (name, given, depth) => {
      const own = local(name);
      const attributes = localOf(given);
      if (hiddenAt === 0 && objects.has(own) && clear(attributes)) {
        hiddenAt = depth;
        hidden = `${own} ${attributes.ID ?? ''} `;
      }
      if (own === 'Annot' && attributes.Creator)
        collected.add({
          kind: 'metadata',
          severity: 'low',
          rule: 'ofd-property',
          text: attributes.Creator,
          part: `${part} Creator`,
          removedByRender: true,
        });
      if (own === 'Remark' || own === 'Parameter') noting += 1;
      if (own === 'URI') collected.link(`${attributes.Base ?? ''}${attributes.URI ?? ''}`);
      if (started.has(own))
        collected.add({
          kind: 'active-content',
          severity: 'low',
          rule: 'ofd-action',
          text: own,
          part,
          removedByRender: true,
        });
    },
    text: (more) => {
      if (hiddenAt > 0 && hidden.length < 20_000) hidden += more;
      if (noting > 0 && note.length < 20_000) note += `${more} `;
    },
    close: (name, depth) => {
      const own = local(name);
      if (own === 'Remark' || own === 'Parameter') {
        noting -= 1;
        if (noting === 0 && note.trim() !== '')
          collected.add({
            kind: 'comment',
            severity: 'medium',
            rule: 'ofd-note',
            text: note,
            part,
            removedByRender: true,
          });
        if (noting === 0) note = '';
      }
      if (hiddenAt === depth) {
        collected.add({ kind: 'hidden-text', severity: 'high', rule: 'ofd-unseen', text: hidden, part });
        hiddenAt = 0;
        hidden = '';
      }
    },
  };
};
