import { PDFArray, PDFDict, type PDFDocument, PDFName, PDFRawStream, PDFString } from 'pdf-lib';
import { describe, expect, it } from 'vitest';
import { release } from '../release/index.ts';
import { changed, plan, stampOf, typeset } from '../release/specimen.ts';

const name = (text: string): PDFName => PDFName.of(text);
const levelOf = async (pdf: Uint8Array, more = {}): Promise<string | undefined> => {
  const made = await release(pdf, plan({ stamp: stampOf, ...more }));
  if (!made.ok) throw new Error(made.error.code);
  return made.value.archivalLevel;
};

const text = typeset('= 公示\n各村：正文。 #link("https://www.gov.cn/")[国务院]');
const rootOf = ({ catalog }: PDFDocument): PDFDict => catalog.lookup(name('StructTreeRoot'), PDFDict);
const everyDict = ({ context }: PDFDocument): PDFDict[] =>
  context.enumerateIndirectObjects().flatMap(([, one]) => (one instanceof PDFDict ? [one] : []));
const elements = (document: PDFDocument): PDFDict[] =>
  everyDict(document).filter((one) => one.has(name('S')) && one.has(name('P')));

describe('a release is called PDF/A-2a', () => {
  it('when its tags stand and all of its text can be read', async () => {
    expect(await levelOf(text)).toBe('A');
  });

  it.each<[string, (document: PDFDocument) => void]>([
    ['its tags are gone', ({ catalog }) => catalog.delete(name('StructTreeRoot'))],
    ['it is not said to be tagged', ({ catalog }) => catalog.delete(name('MarkInfo'))],
    ['a tag is of no known kind', (all) => elements(all)[0]?.set(name('S'), name('Unheard'))],
    [
      'kinds of tags go round in circles',
      (all) => {
        elements(all)[0]?.set(name('S'), name('One'));
        rootOf(all).set(name('RoleMap'), all.context.obj({ One: 'Two', Two: 'One' }));
      },
    ],
    [
      'a kind of the standard means another',
      (all) => rootOf(all).set(name('RoleMap'), all.context.obj({ P: 'Span' })),
    ],
    ['a language is none', (all) => elements(all)[0]?.set(name('Lang'), PDFString.of('中 文'))],
    [
      'a font cannot be read as Unicode',
      (all) => {
        for (const one of everyDict(all)) one.delete(name('ToUnicode'));
      },
    ],
    [
      'characters are of somebody’s own making',
      (all) => {
        for (const one of everyDict(all)) {
          const map = one.lookup(name('ToUnicode'));
          if (!(map instanceof PDFRawStream)) continue;
          const own =
            '1 begincodespacerange <0000> <ffff> endcodespacerange 1 beginbfrange <0000> <ffff> <e000> endbfrange';
          one.set(name('ToUnicode'), all.context.register(all.context.stream(own)));
        }
      },
    ],
    [
      'text stands outside of the tags',
      (all) => {
        const { node } = all.getPage(0);
        const fonts = node.Resources()?.lookup(name('Font'), PDFDict).keys() ?? [];
        const words = all.context.register(all.context.stream(`BT ${fonts[0]} 9 Tf <0001> Tj ET`));
        const before = node.Contents();
        const held = before instanceof PDFArray ? before.asArray() : [node.get(name('Contents'))];
        node.set(name('Contents'), all.context.obj([...held.flatMap((one) => (one ? [one] : [])), words]));
      },
    ],
  ])('not when %s: then B', async (_, spoil) => {
    expect(await levelOf(await changed(text, async (document) => spoil(document)))).toBe('B');
  });

  it('nor as a preview, over which more is laid than was looked at', async () => {
    expect(await levelOf(text, { preview: true })).toBe('B');
  });
});
