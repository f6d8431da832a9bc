import { zipSync } from 'fflate';

const namespace = 'xmlns:ofd="http://www.ofdspec.org/2016"';
const bytes = (body: string | Uint8Array): Uint8Array =>
  typeof body === 'string' ? Buffer.from(body) : body;

/** Small OFDs for tests, written by hand so that each says exactly one thing. Sides in millimetres. */
export const handMadeOfd = ({
  objects,
  resources = '',
  pageBox = '0 0 100 80',
  document = '',
  page = '',
  pages = [objects],
  entry = '',
  parts = {},
}: {
  readonly objects: string;
  readonly resources?: string;
  readonly pageBox?: string;
  /** More of Document.xml, of each page, of OFD.xml, and other parts. */
  readonly document?: string;
  readonly page?: string;
  readonly pages?: readonly string[];
  readonly entry?: string;
  readonly parts?: Readonly<Record<string, string | Uint8Array>>;
}): Uint8Array => {
  const files: Record<string, string | Uint8Array> = {
    'OFD.xml': `<ofd:OFD ${namespace}><ofd:DocBody><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot>${entry}</ofd:DocBody></ofd:OFD>`,
    'Doc_0/Document.xml': `<ofd:Document ${namespace}><ofd:CommonData><ofd:PageArea><ofd:PhysicalBox>${pageBox}</ofd:PhysicalBox></ofd:PageArea><ofd:PublicRes>PublicRes.xml</ofd:PublicRes>${document.includes('TemplatePage') ? document : ''}</ofd:CommonData><ofd:Pages>${pages.map((_, i) => `<ofd:Page ID="${i + 1}" BaseLoc="Pages/Page_${i}/Content.xml"/>`).join('')}</ofd:Pages>${document.includes('TemplatePage') ? '' : document}</ofd:Document>`,
    'Doc_0/PublicRes.xml': `<ofd:Res ${namespace} BaseLoc="Res"><ofd:Fonts><ofd:Font ID="90" FontName="宋体"/></ofd:Fonts>${resources}</ofd:Res>`,
    ...Object.fromEntries(
      pages.map((content, i) => [
        `Doc_0/Pages/Page_${i}/Content.xml`,
        `<ofd:Page ${namespace}>${page}<ofd:Content><ofd:Layer>${content}</ofd:Layer></ofd:Content></ofd:Page>`,
      ]),
    ),
    ...parts,
  };
  return zipSync(Object.fromEntries(Object.entries(files).map(([name, body]) => [name, bytes(body)])));
};

export const text = (words: string, more = '', deltas = ''): string =>
  `<ofd:TextObject ID="5" Boundary="10 10 80 20" Font="90" Size="5" ${more}><ofd:TextCode X="0" Y="6" ${deltas}>${words}</ofd:TextCode></ofd:TextObject>`;
