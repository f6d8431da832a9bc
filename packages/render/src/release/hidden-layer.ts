import { PDFArray, PDFDict, type PDFDocument, PDFName, type PDFObject, PDFStream } from 'pdf-lib';

const name = (text: string): PDFName => PDFName.of(text);

const someHidden = (document: PDFDocument): boolean => {
  const layers = document.catalog.lookup(name('OCProperties'));
  const settings = layers instanceof PDFDict ? layers.lookup(name('D')) : undefined;
  if (!(settings instanceof PDFDict)) return false;
  const off = settings.lookup(name('OFF'));
  return settings.lookup(name('BaseState')) === name('OFF') || (off instanceof PDFArray && off.size() > 0);
};

/** Whether resources, or those of the Form XObjects in them, make anything depend on a layer. */
const layered = (resources: PDFObject | undefined, seen: Set<PDFObject>): boolean => {
  if (!(resources instanceof PDFDict) || seen.has(resources)) return false;
  seen.add(resources);
  const properties = resources.lookup(name('Properties'));
  if (properties instanceof PDFDict)
    for (const key of properties.keys()) {
      const type = properties.lookup(key);
      if (type instanceof PDFDict && /^\/OC(G|MD)$/.test(String(type.lookup(name('Type'))))) return true;
    }
  const objects = resources.lookup(name('XObject'));
  if (!(objects instanceof PDFDict)) return false;
  return objects.keys().some((key) => {
    const object = objects.lookup(key);
    if (!(object instanceof PDFStream)) return false;
    return object.dict.has(name('OC')) || layered(object.dict.lookup(name('Resources')), seen);
  });
};

/**
 * The pages that may hold content of a layer that is switched off: unseen by whoever reviewed it, one click away for
 * whoever reads it. They are made anew from what can be seen.
 */
export const pagesWithHiddenLayers = (document: PDFDocument): Set<number> => {
  if (!someHidden(document)) return new Set();
  const pages = document.getPages();
  return new Set(pages.flatMap((page, i) => (layered(page.node.Resources(), new Set()) ? [i + 1] : [])));
};

/** Takes the switches away, once every page that depended on a closed one has been made anew. */
export const dropLayers = (document: PDFDocument): void => {
  document.catalog.delete(name('OCProperties'));
};
