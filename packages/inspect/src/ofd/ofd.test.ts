import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { examine } from '../intake/examine.ts';
import { handMadeZip } from '../zip/hand-made-zip.ts';

const folder = mkdtempSync(join(tmpdir(), 'ofd-'));
let count = 0;
type Parts = Readonly<Record<string, string | Buffer>>;

const look = async (parts: Parts) => {
  count += 1;
  const path = join(folder, `${count}.ofd`);
  const all: Parts = {
    'OFD.xml': '<ofd:OFD xmlns:ofd="http://www.ofdspec.org/2016"><ofd:DocBody/></ofd:OFD>',
    ...parts,
  };
  writeFileSync(path, handMadeZip(Object.entries(all).map(([name, body]) => ({ name, body }))));
  return examine({ path, name: '通知.ofd' });
};
const told = async (parts: Parts): Promise<string[]> => {
  const looked = await look(parts);
  if (!looked.ok) throw new Error(JSON.stringify(looked.error));
  expect(looked.value.type).toBe('ofd');
  return looked.value.findings.map(({ kind, severity, text }) => `${kind} ${severity} ${text}`);
};
const page = (objects: string): Parts => ({
  'Doc_0/Pages/Page_0/Content.xml': `<ofd:Page xmlns:ofd="http://www.ofdspec.org/2016"><ofd:Content><ofd:Layer>${objects}</ofd:Layer></ofd:Content></ofd:Page>`,
});

describe('what an OFD has beside its pages', () => {
  it('names its author and the data of its program', async () => {
    const found = await told({
      'OFD.xml':
        '<OFD><DocBody><DocInfo><DocID>44f8</DocID><Author>李建国</Author><CustomDatas><CustomData Name="审核人">王芳</CustomData></CustomDatas></DocInfo></DocBody></OFD>',
    });
    expect(found).toContain('metadata low 李建国');
    expect(found).toContain('metadata low 王芳');
    expect(found.join()).not.toContain('44f8');
  });

  it('tells of attachments, earlier versions, signatures, notes and links', async () => {
    const found = await told({
      'OFD.xml': '<OFD><DocBody><Versions><Version ID="v1" BaseLoc="V1.xml"/></Versions></DocBody></OFD>',
      'Doc_0/Attachs/Attachments.xml':
        '<Attachments><Attachment Name="名单" Format="xlsx"><FileLoc>a.xlsx</FileLoc></Attachment></Attachments>',
      'Doc_0/Attachs/a.xlsx': handMadeZip([{ name: 'x', body: 'x' }]),
      'Doc_0/Signs/Signatures.xml':
        '<Signatures><Signature ID="1" Type="Seal" BaseLoc="Sign_0/Signature.xml"/></Signatures>',
      'Doc_0/Annots/Page_0.xml':
        '<PageAnnot><Annot Creator="赵敏"><Remark>此处金额待核</Remark></Annot></PageAnnot>',
      ...page('<TextObject><Actions><Action><URI URI="http://10.1.1.8/oa"/></Action></Actions></TextObject>'),
    });
    expect(found).toContain('attachment high 名单 xlsx');
    expect(found).toContain('earlier-revision high v1 V1.xml');
    expect(found).toContain('signature low Seal 1 Sign_0/Signature.xml');
    expect(found).toContain('comment medium 此处金额待核');
    expect(found).toContain('metadata low 赵敏');
    expect(found.join()).toContain('http://10.1.1.8/oa');
  });

  it.each([
    ['Visible="false"', ''],
    ['Alpha="0"', ''],
    ['', 'Visible="false"'],
  ])('asks about text that no reader shows (%s%s)', async (own, composite) => {
    const text = `<ofd:TextObject ID="7" ${own}><ofd:TextCode>张伟 13812345678</ofd:TextCode></ofd:TextObject>`;
    const found = await told(
      page(
        composite === '' ? text : `<ofd:CompositeObject ID="6" ${composite}>${text}</ofd:CompositeObject>`,
      ),
    );
    expect(found.some((it) => it.startsWith('hidden-text high') && it.includes('13812345678'))).toBe(true);
    expect(found.some((it) => it.startsWith('mobile'))).toBe(true);
  });

  it('does not ask about text that is shown', async () => {
    const found = await told(
      page('<ofd:TextObject ID="7"><ofd:TextCode>公开</ofd:TextCode></ofd:TextObject>'),
    );
    expect(found).toEqual([]);
  });

  it('stops at a state-secret mark in a custom tag', async () => {
    const found = await told({ 'Doc_0/Tags/Tag.xml': '<Tag><密级>机密★10年</密级></Tag>' });
    expect(found.some((it) => it.startsWith('state-secret-mark stop'))).toBe(true);
  });
});

describe('an OFD that is refused at intake', () => {
  const seal = (inner: Buffer): Buffer => Buffer.concat([Buffer.from([0x30, 0x82, 0x00, 0x00, 0x04]), inner]);
  it.each<[string, Parts, string]>([
    ['encrypted (GM/T 0099)', { 'Encryptions.xml': '<a/>', 'EncEntries.dat': 'x' }, 'encrypted'],
    ['a DOCTYPE', { 'Doc_0/Document.xml': '<!DOCTYPE a><Document/>' }, 'xml-dangerous'],
    ['XML that does not close', { 'Doc_0/Document.xml': '<Document>' }, 'damaged'],
    [
      'an archive among the pictures',
      { 'Doc_0/Res/a.png': handMadeZip([{ name: 'a', body: 'x' }]) },
      'archive-nested',
    ],
    [
      'a seal whose own OFD leaves its folder',
      { 'Doc_0/Signs/Seal.esl': seal(handMadeZip([{ name: '../../a.xml', body: '<a/>' }])) },
      'path-escape',
    ],
    [
      'a seal within a seal',
      { 'Doc_0/Signs/Seal.esl': seal(handMadeZip([{ name: 'Seal.esl', body: 'x' }])) },
      'archive-nested',
    ],
  ])('%s', async (_, parts, code) => {
    expect(await look(parts)).toMatchObject({ ok: false, error: { code } });
  });
});
