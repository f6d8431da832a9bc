import { createRequire } from 'node:module';
import { type Zippable, zipSync } from 'fflate';
import { type Face, readFace } from '../convert/ofd/face.ts';
import type { ReadFont } from './second-reader.ts';
import { escapeXml, Unsaid } from './unsaid.ts';

const require = createRequire(import.meta.url); // pngjs comes without types
type Picture = { readonly width: number; readonly height: number; readonly data: Uint8Array };
const {
  PNG,
}: {
  PNG: { sync: { write(picture: Picture, options: object): Buffer } };
} = require('pngjs');
const jpeg: { encode(picture: Picture, quality: number): { data: Uint8Array } } = require('jpeg-js');

const namespace = 'xmlns:ofd="http://www.ofdspec.org/2016"';
const heading = '<?xml version="1.0" encoding="UTF-8"?>\n';
/** ZIP knows no time before this, and a release says its day inside. */
const noTime = new Date(1980, 0, 1);

/** What the release says of itself; nothing else goes into the OFD. */
export type Said = {
  readonly title?: string | undefined;
  readonly author?: string | undefined;
  readonly subject?: string | undefined;
  readonly keywords?: readonly string[] | undefined;
  /** YYYY-MM-DD */
  readonly day?: string | undefined;
};

export type PackageFont = {
  readonly id: number;
  readonly glyphOf: (character: string) => number;
  /** A glyph that draws nothing; 0 where there is none. */
  readonly blank: number;
};
type Page = { readonly width: number; readonly height: number; readonly objects: string };

/** A photograph as PNG is many times what it is as JPEG; letters and lines as JPEG are smeared. */
const photograph = 3;
const quality = 92;

const encoded = (picture: Picture): { bytes: Uint8Array; format: 'PNG' | 'JPEG' } => {
  let [clear, grey] = [false, true];
  for (let at = 0; at < picture.data.length; at += 4) {
    clear ||= picture.data[at + 3] !== 255;
    grey &&= picture.data[at] === picture.data[at + 1] && picture.data[at] === picture.data[at + 2];
    if (clear && !grey) break;
  }
  const colorType = clear ? 6 : grey ? 0 : 2;
  const png = PNG.sync.write(picture, {
    colorType,
    inputColorType: 6,
    inputHasAlpha: true,
    deflateLevel: 6,
    filterType: grey && !clear ? 0 : -1,
  });
  if (clear || png.length < 200_000) return { bytes: png, format: 'PNG' };
  const lossy = jpeg.encode(picture, quality).data;
  return png.length > photograph * lossy.length
    ? { bytes: lossy, format: 'JPEG' }
    : { bytes: png, format: 'PNG' };
};

/** The parts of an OFD with one document in one version (GB/T 33190 §6, §7), and the numbers of its objects. */
export class Package {
  readonly #fonts = new Map<
    string,
    PackageFont & { readonly name: string; readonly data: Uint8Array | undefined; readonly otf: boolean }
  >();
  readonly #pictures: { readonly id: number; readonly bytes: Uint8Array; readonly format: 'PNG' | 'JPEG' }[] =
    [];
  readonly #pages: Page[] = [];
  #last = 0;

  id(): number {
    this.#last += 1;
    return this.#last;
  }

  /** Carried along as pdf.js has mended it. Throws `Unsaid` when its glyphs cannot be numbered. */
  font(font: ReadFont): PackageFont {
    const before = this.#fonts.get(font.loadedName);
    if (before !== undefined) return before;
    const data = font.data === undefined ? undefined : Uint8Array.from(font.data);
    const face: Face | undefined = data === undefined ? undefined : readFace(data);
    if (data === undefined || face === undefined) throw new Unsaid('font program');
    const made = {
      id: this.id(),
      glyphOf: (character: string): number => face.glyphOf(character.codePointAt(0) ?? 0),
      blank: face.blank,
      name: font.name || 'Font',
      data,
      otf: face.kind === 'cff',
    };
    this.#fonts.set(font.loadedName, made);
    return made;
  }

  /** For letters that nobody sees: no program, so whatever a reader has. */
  unseenFont(): number {
    const before = this.#fonts.get('');
    if (before !== undefined) return before.id;
    const made = { id: this.id(), glyphOf: () => 0, blank: 0, name: '宋体', data: undefined, otf: false };
    this.#fonts.set('', made);
    return made.id;
  }

  picture(picture: Picture): number {
    const id = this.id();
    this.#pictures.push({ id, ...encoded(picture) });
    return id;
  }

  page(page: Page): void {
    this.#pages.push(page);
  }

  bytes(said: Said, documentId: string): Uint8Array {
    const parts: Record<string, string | Uint8Array> = {};
    const one = (name: string, text: string | undefined): string =>
      text === undefined || text === '' ? '' : `<ofd:${name}>${escapeXml(text)}</ofd:${name}>`;
    const keywords = (said.keywords ?? []).map((it) => one('Keyword', it)).join('');
    const ids = this.#pages.map(() => this.id());
    const box = ({ width, height }: { width: number; height: number }): string =>
      `<ofd:PhysicalBox>0 0 ${Math.round(width * 1e4) / 1e4} ${Math.round(height * 1e4) / 1e4}</ofd:PhysicalBox>`;
    parts['OFD.xml'] =
      `<ofd:OFD ${namespace} Version="1.0" DocType="OFD"><ofd:DocBody><ofd:DocInfo><ofd:DocID>${documentId}</ofd:DocID>${one('Title', said.title)}${one('Author', said.author)}${one('Subject', said.subject)}${one('CreationDate', said.day)}${keywords === '' ? '' : `<ofd:Keywords>${keywords}</ofd:Keywords>`}</ofd:DocInfo><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>`;
    parts['Doc_0/Document.xml'] =
      `<ofd:Document ${namespace}><ofd:CommonData><ofd:MaxUnitID>${this.#last}</ofd:MaxUnitID><ofd:PageArea>${box(this.#pages[0] ?? { width: 210, height: 297 })}</ofd:PageArea><ofd:PublicRes>PublicRes.xml</ofd:PublicRes><ofd:DocumentRes>DocumentRes.xml</ofd:DocumentRes></ofd:CommonData><ofd:Pages>${this.#pages.map((_, i) => `<ofd:Page ID="${ids[i]}" BaseLoc="Pages/Page_${i}/Content.xml"/>`).join('')}</ofd:Pages></ofd:Document>`;
    const fonts = [...this.#fonts.values()].map(({ id, name, data, otf }) => {
      if (data === undefined) return `<ofd:Font ID="${id}" FontName="${escapeXml(name)}"/>`;
      const file = `font_${id}.${otf ? 'otf' : 'ttf'}`;
      parts[`Doc_0/Res/${file}`] = data;
      return `<ofd:Font ID="${id}" FontName="${escapeXml(name)}"><ofd:FontFile>${file}</ofd:FontFile></ofd:Font>`;
    });
    parts['Doc_0/PublicRes.xml'] =
      `<ofd:Res ${namespace} BaseLoc="Res">${fonts.length === 0 ? '' : `<ofd:Fonts>${fonts.join('')}</ofd:Fonts>`}</ofd:Res>`;
    const pictures = this.#pictures.map(({ id, bytes, format }) => {
      const file = `image_${id}.${format === 'PNG' ? 'png' : 'jpg'}`;
      parts[`Doc_0/Res/${file}`] = bytes;
      return `<ofd:MultiMedia ID="${id}" Type="Image" Format="${format}"><ofd:MediaFile>${file}</ofd:MediaFile></ofd:MultiMedia>`;
    });
    parts['Doc_0/DocumentRes.xml'] =
      `<ofd:Res ${namespace} BaseLoc="Res">${pictures.length === 0 ? '' : `<ofd:MultiMedias>${pictures.join('')}</ofd:MultiMedias>`}</ofd:Res>`;
    for (const [i, page] of this.#pages.entries())
      parts[`Doc_0/Pages/Page_${i}/Content.xml`] =
        `<ofd:Page ${namespace}><ofd:Area>${box(page)}</ofd:Area><ofd:Content><ofd:Layer ID="${this.id()}">${page.objects}</ofd:Layer></ofd:Content></ofd:Page>`;
    const files: Zippable = {};
    for (const [name, body] of Object.entries(parts)) {
      const packed = /\.(?:png|jpg)$/.test(name);
      files[name] = [
        typeof body === 'string' ? Buffer.from(heading + body) : body,
        { level: packed ? 0 : 6, mtime: noTime },
      ];
    }
    return zipSync(files);
  }
}
