import { type ColourSpace, colourSpaceOf } from './colour.ts';
import type { Fonts, OfdFont } from './fonts.ts';
import type { Parts } from './parts.ts';
import { child, childrenOf, type Element, textOf } from './xml.ts';

export type Media = { readonly path: string; readonly format: string };

/** What the objects of a document refer to by number (GB/T 33190 §7.9): of the document, and of one page. */
export class Resources {
  readonly fonts = new Map<string, OfdFont>();
  readonly spaces = new Map<string, ColourSpace>();
  readonly media = new Map<string, Media>();
  readonly params = new Map<string, Element>();
  readonly units = new Map<string, Element>();
  defaultSpace: ColourSpace | undefined;

  /** Those of a page stand over those of its document. */
  over(): Resources {
    const copy = new Resources();
    for (const kind of ['fonts', 'spaces', 'media', 'params', 'units'] as const)
      for (const [id, value] of this[kind]) copy[kind].set(id, value as never);
    copy.defaultSpace = this.defaultSpace;
    return copy;
  }

  add(parts: Parts, path: string, fonts: Fonts): void {
    const root = parts.xml(path);
    const base = root.attributes.BaseLoc;
    const from = base === undefined ? path : `${parts.path(base, path).replace(/\/$/, '')}/-`;
    const each = (group: string, name: string, take: (id: string, element: Element) => void): void => {
      for (const holder of childrenOf(root, group))
        for (const element of childrenOf(holder, name)) take(element.attributes.ID ?? '', element);
    };
    each('Fonts', 'Font', (id, element) => this.fonts.set(id, fonts.read(element, parts, from)));
    each('ColorSpaces', 'ColorSpace', (id, element) => this.spaces.set(id, colourSpaceOf(element)));
    each('DrawParams', 'DrawParam', (id, element) => this.params.set(id, element));
    each('CompositeGraphicUnits', 'CompositeGraphicUnit', (id, element) => this.units.set(id, element));
    each('MultiMedias', 'MultiMedia', (id, element) => {
      const file = textOf(child(element, 'MediaFile'));
      if (file !== undefined)
        this.media.set(id, { path: parts.path(file, from), format: element.attributes.Format ?? '' });
    });
  }
}
