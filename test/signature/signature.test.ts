import { X509Certificate } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { examine } from '@gongkai/inspect';
import { readSignatures, signedRanges } from '@gongkai/inspect/signature';
import { p12Key, type SigningKey, signPdf } from '@gongkai/render/signature';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { prove } from '../../packages/inspect/src/proof/index.ts';
import { release } from '../../packages/render/src/release/index.ts';
import { plan, redacting, stampOf, typeset } from '../../packages/render/src/release/specimen.ts';
import { notRun } from '../not-run.ts';
import { judge, noVeraPdf } from '../pdfa/verapdf.ts';
import { makeOfficeKey, timestampServer, whileValid } from './office-key.ts';

const folder = mkdtempSync(join(tmpdir(), 'gongkai-signature-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const signedAt = whileValid;
const { p12, authority } = makeOfficeKey(folder);
const source = typeset('= 公示\n姓名张三丰，电话13800138000。');
const redactions = [await redacting(source, '张三丰')];
const made = await release(source, plan({ redactions, stamp: stampOf }));
if (!made.ok) throw new Error(made.error.code);
const { pdf } = made.value;
const asked = { redactions, own: [stampOf.indexNumber, stampOf.office, stampOf.publishedOn] };

let key: SigningKey;
let signed: Uint8Array;
beforeAll(async () => {
  key = await p12Key(p12, '秘');
  signed = (await signPdf(pdf, { key, signedAt })).pdf;
});

/** `text` in place of `old`, of the same length, so that every place in the file stays. */
const replaced = (bytes: Uint8Array, old: string, text: string, from = 0): Uint8Array => {
  const copy = Buffer.from(bytes);
  const at = copy.indexOf(old, from, 'latin1');
  if (at < 0 || old.length !== text.length) throw new Error(`no ${old}`);
  copy.write(text, at, 'latin1');
  return copy;
};

describe('the signature of a file', () => {
  it('holds: who signed, when, and that nothing was changed', () => {
    expect(readSignatures(signed)).toEqual([
      {
        state: 'intact',
        signer: '三村镇人民政府',
        issuer: '测试根证书，测试机构',
        certificate: expect.stringMatching(/^[0-9a-f]{64}$/),
        signedAt,
        trusted: false,
      },
    ]);
  });

  it('is trusted only where the office keeps the certificate of the authority', () => {
    const [one] = readSignatures(signed, [new X509Certificate(authority)]);
    expect(one?.trusted).toBe(true);
    const other = mkdtempSync(join(folder, 'other-'));
    expect(readSignatures(signed, [new X509Certificate(makeOfficeKey(other).authority)])[0]?.trusted).toBe(
      false,
    );
  });

  it('tells of every changed byte outside of the signature', () => {
    for (const at of [20, Math.floor(pdf.length / 2), pdf.length - 10, pdf.length + 20, signed.length - 30]) {
      const copy = Buffer.from(signed);
      copy[at] = (copy[at] ?? 0) ^ 1;
      expect(
        readSignatures(copy).map(({ state }) => state),
        `${at}`,
      ).not.toContain('intact');
    }
    const forged = Buffer.from(signed);
    const [range] = signedRanges(signed);
    const place = (range?.first[1] ?? 0) + 1_000;
    forged.write(forged.toString('latin1', place, place + 1) === 'a' ? 'b' : 'a', place, 'latin1');
    expect(readSignatures(forged).map(({ state }) => state)).not.toContain('intact');
  });

  it('tells what was added afterwards', () => {
    const longer = Buffer.concat([signed, Buffer.from('\n9 0 obj (x) endobj\nstartxref\n0\n%%EOF\n')]);
    expect(readSignatures(longer).map(({ state }) => state)).toEqual(['added-to']);
  });

  it('is none where there is none', () => {
    expect(readSignatures(pdf)).toEqual([]);
  });

  it('carries the time of a timestamp server, which is checked too', async () => {
    const server = await timestampServer(folder);
    try {
      const timed = await signPdf(pdf, { key, signedAt, timestamp: { url: server.url, required: true } });
      expect(timed.level).toBe('B-T');
      const [one] = readSignatures(timed.pdf);
      expect(one).toMatchObject({ state: 'intact', timestamped: true });
      expect(Math.abs(Date.parse(one?.signedAt ?? '') - Date.now())).toBeLessThan(600_000);
    } finally {
      server.close();
    }
  });

  it.skipIf(notRun(noVeraPdf !== undefined, 'signed PDF/A by veraPDF', noVeraPdf ?? ''))(
    'leaves PDF/A-2b what it is',
    async () => {
      const path = join(folder, 'signed.pdf');
      await writeFile(path, signed);
      expect((await judge('2b', [path])).map(({ failed }) => [...failed.values()])).toEqual([[]]);
    },
    60_000,
  );
});

describe('an original that came signed', () => {
  it('is examined with what its signature is worth; without one, nothing is said', async () => {
    const changed = Buffer.from(signed);
    changed[signed.length - 30] = (changed[signed.length - 30] ?? 0) ^ 1;
    const states: (string | undefined)[] = [];
    for (const [name, bytes] of Object.entries({ signed, changed, pdf })) {
      const path = join(folder, `original-${name}.pdf`);
      await writeFile(path, bytes);
      const seen = await examine({ path, name: `${name}.pdf` });
      states.push(seen.ok ? seen.value.signatures?.map(({ state }) => state).join() : seen.error.code);
    }
    expect(states).toEqual(['intact', 'altered', undefined]);
  });
});

describe('the gate', () => {
  let files = 0;
  const proven = async (bytes: Uint8Array) => {
    files += 1;
    const [pages, released] = [join(folder, `${files}.pdf`), join(folder, `${files}-release.pdf`)];
    await Promise.all([writeFile(pages, source), writeFile(released, bytes)]);
    const said = await prove(pages, released, asked);
    return said.ok ? said.value : (said.error.details?.detail ?? said.error.code);
  };

  it('lets a release pass with the signature of the office and without', async () => {
    expect(await proven(pdf)).toEqual({ boxes: 1, words: 1 });
    expect(await proven(signed)).toEqual({ boxes: 1, words: 1 });
  });

  it('stops every other second revision', async () => {
    const added = (text: string) => Buffer.concat([pdf, Buffer.from(`\n${text}\nstartxref\n0\n%%EOF\n`)]);
    expect(await proven(added('900 0 obj (x) endobj'))).toMatch(/second revision is no signature/);
    const twice = (await signPdf(signed, { key, signedAt })).pdf;
    expect(await proven(twice)).toMatch(/more than one revision/);
    expect(await proven(Buffer.concat([signed, Buffer.from('张三丰')]))).toMatch(/data behind its end/);
  });

  it('stops a signature that does not hold', async () => {
    const copy = Buffer.from(signed);
    copy[100] = (copy[100] ?? 0) ^ 1;
    expect(await proven(copy)).not.toEqual({ boxes: 1, words: 1 });
    expect(await proven(replaced(signed, '(office)', '(0ffice)', pdf.length))).toMatch(/altered/);
  });

  it('stops a signature behind which something is hidden', async () => {
    const [range] = signedRanges(signed);
    const end = (range?.second[0] ?? 0) - 20;
    const copy = Buffer.from(signed);
    copy.write('e5bca0e4b889', end - 12, 'latin1');
    expect(await proven(copy)).toMatch(/something stands behind the signature/);
  });

  it('stops a signature that brings more along than itself', async () => {
    // Signed in good faith, over an increment that was prepared: a comment, an object, another page.
    const { PDF, PdfArray, PdfDict, PdfNumber, PdfString } = await import('@libpdf/core');
    const withMore = async (more: (document: Awaited<ReturnType<typeof PDF.load>>) => void) => {
      const document = await PDF.load(pdf);
      const form = PdfDict.of({ Fields: PdfArray.of(), SigFlags: PdfNumber.of(3) });
      document.getCatalog().set('AcroForm', document.register(form));
      more(document);
      return (await document.sign({ signer: key, level: 'B-B', fieldName: 'office', estimatedSize: 6_000 }))
        .bytes;
    };
    const plain = await withMore(() => undefined);
    expect(await proven(plain)).toEqual({ boxes: 1, words: 1 });
    const note = await withMore((document) => {
      document.getCatalog().set('Note', document.register(PdfDict.of({ T: PdfString.fromString('x') })));
    });
    expect(await proven(note)).toMatch(/more than one revision: the catalogue's \/Note/);
    const page = await withMore((document) => {
      document.getPages()[0]?.drawText('x', { x: 10, y: 10 });
    });
    expect(await proven(page)).toMatch(/more than one revision/);
  });
});
