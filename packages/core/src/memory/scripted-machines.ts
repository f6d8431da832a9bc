import type { OfficeWords } from '../dictionary/index.ts';
import type { Box, Examination, Finding, Inspection, WidenedBox } from '../document/index.ts';
import { sha256Hex } from '../hash/index.ts';
import type {
  Blobs,
  Converter,
  Inspector,
  Notifier,
  Renderer,
  Scanner,
  Search,
  SearchEntry,
  Signer,
} from '../ports/index.ts';
import { ok, type Refusal, refusal } from '../refusal/index.ts';

/** What a machine was told to make of a file. Files are plain text in these tests; a page ends with a form feed. */
export type Script = {
  examine?: (text: string) => Examination | Refusal;
  findings?: (text: string) => Finding[];
  convert?: (text: string) => Refusal | undefined;
  render?: (text: string, plan: unknown) => string | Refusal;
  widen?: (box: Box) => WidenedBox;
  prove?: (release: string, pages: string) => Refusal | undefined;
  ofd?: (release: string) => string | Refusal;
  proveOfd?: (ofd: string, release: string) => Refusal | undefined;
};

const encoder = new TextEncoder();

const read = async (blobs: Blobs, blob: Parameters<Blobs['open']>[0]): Promise<string> => {
  const stream = await blobs.open(blob);
  if (!stream) throw new Error(`no blob ${blob.area}/${blob.sha256}`);
  const decoder = new TextDecoder();
  let text = '';
  for await (const chunk of stream) text += decoder.decode(chunk, { stream: true });
  return text + decoder.decode();
};

const keep = async (blobs: Blobs, area: 'vault' | 'renditions', text: string) => {
  const kept = await blobs.putOnce(
    area,
    (async function* () {
      yield encoder.encode(text);
    })(),
  );
  if (!kept.ok) throw new Error(kept.error.code);
  return { area, sha256: kept.value.sha256 };
};

/** The office's own words, wherever they stand. */
const officeWords = (text: string, { words }: OfficeWords): Finding[] =>
  words.flatMap(({ word, severity }) =>
    [...text.matchAll(new RegExp(word, 'gi'))].map(({ index }) => ({
      id: sha256Hex(`word ${index} ${word}`).slice(0, 16),
      kind: 'office-word' as const,
      severity,
      rule: 'office-word',
      sure: 1,
      text: word,
      boxes: [{ page: 1, x: 10, y: 10, width: 100, height: 12 }],
      removedByRender: false,
      why: { zh: '测试', en: 'test' },
    })),
  );

const isRefusal = (value: object | string): value is Refusal => typeof value === 'object' && 'code' in value;

/** `[[kind:text]]` in a file is a finding of that kind; enough to walk every road of review and gate. */
export const markedFindings = (text: string): Finding[] =>
  [...text.matchAll(/\[\[([a-z-]+):([^\]]*)\]\]/g)].map((match) => ({
    id: sha256Hex(`${match.index}${match[0]}`).slice(0, 16),
    kind: match[1] as Finding['kind'],
    severity: match[1] === 'state-secret-mark' ? 'stop' : 'high',
    rule: match[1] ?? '',
    sure: 1,
    text: match[2] ?? '',
    boxes: [{ page: 1, x: 10, y: 10, width: 100, height: 12 }],
    removedByRender: false,
    why: { zh: '测试', en: 'test' },
  }));

/** Machines that do in text what the real ones do in PDF: same ports, same refusals, no processes. */
export const scriptedMachines = (blobs: Blobs, script: Script = {}) => {
  const findings = script.findings ?? markedFindings;
  const converter: Converter = {
    convert: async (original) => {
      const text = await read(blobs, original);
      const refused = script.convert?.(text);
      if (refused) return { ok: false, error: refused };
      return ok({ pdf: await keep(blobs, 'renditions', `%PDF ${text}`), pages: 1, substitutedFonts: [] });
    },
  };
  const inspector: Inspector = {
    examine: async (upload) => {
      const text = await read(blobs, upload);
      if (text === '') return { ok: false, error: refusal('empty-file') };
      const examined = script.examine?.(text) ?? { type: 'txt' as const, size: text.length, findings: [] };
      return isRefusal(examined) ? { ok: false, error: examined } : ok(examined);
    },
    inspect: async (pdf, words) => {
      const text = await read(blobs, pdf);
      const inspection: Inspection = {
        pages: [{ page: 1, width: 595, height: 842, text }],
        findings: [...findings(text), ...officeWords(text, words)],
        inspector: 'scripted/1',
        dictionary: words.version,
      };
      return ok(inspection);
    },
    locate: async (pdf, asked, _pages) => {
      const text = await read(blobs, pdf);
      const words = 'words' in asked ? asked.words : '';
      const count = words === '' ? 0 : text.split(words).length - 1;
      const boxes = [{ page: 1, x: 10, y: 10, width: 100, height: 12 }];
      return ok(Array.from({ length: count }, () => ({ text: words, boxes })));
    },
    widen: async (_pdf, boxes, _pages) =>
      ok(boxes.map((box) => script.widen?.(box) ?? { box, tight: false })),
    prove: async (pages, release, { redactions }) => {
      const refused = script.prove?.(await read(blobs, release), await read(blobs, pages));
      return refused ? { ok: false, error: refused } : ok({ boxes: redactions.length, words: 0 });
    },
    proveOfd: async (_pages, release, ofd) => {
      const refused = script.proveOfd?.(await read(blobs, ofd), await read(blobs, release));
      return refused ? { ok: false, error: refused } : ok(undefined);
    },
    inspectText: async (text, _part, words) => [...findings(text), ...officeWords(text, words)],
  };
  const renderer: Renderer = {
    render: async (pdf, plan) => {
      const text = await read(blobs, pdf);
      // Boxes cover every marked finding: enough for the roads that matter here.
      const redacted = plan.redactions.length > 0 ? text.replace(/\[\[[^\]]*\]\]/g, '■') : text;
      const made =
        script.render?.(redacted, plan) ??
        `${redacted}\n${JSON.stringify(plan.stamp)}${plan.watermark ?? ''}`;
      if (typeof made !== 'string') return { ok: false, error: made };
      const release = await keep(
        blobs,
        plan.preview || plan.copy || plan.unfinished ? 'renditions' : 'vault',
        made,
      );
      return ok({ release, pages: 1, size: encoder.encode(made).length });
    },
    deliverOfd: async (release) => {
      const text = await read(blobs, release);
      const made = script.ofd?.(text) ?? `OFD ${text}`;
      if (typeof made !== 'string') return { ok: false, error: made };
      return ok({ ofd: await keep(blobs, 'vault', made), size: encoder.encode(made).length, pictures: [] });
    },
    bind: async (plan) => {
      const text = JSON.stringify(plan);
      const volume = await keep(blobs, 'renditions', text);
      return ok({ volume, pages: plan.entries.length, size: encoder.encode(text).length });
    },
    form: async (name, data) => ok(await keep(blobs, 'renditions', `${name} ${JSON.stringify(data)}`)),
  };
  return { converter, inspector, renderer, scanner: scannerSaying({ verdict: 'clean' }) };
};

export const scannerSaying = (verdict: Awaited<ReturnType<Scanner['scan']>>): Scanner => ({
  scan: async () => verdict,
});

/** Keeps what was put in; finds by substring. */
export class MemorySearch implements Search {
  readonly entries = new Map<string, SearchEntry>();

  async put(entry: SearchEntry): Promise<void> {
    this.entries.set(entry.id, entry);
  }

  async remove(id: string): Promise<void> {
    this.entries.delete(id);
  }

  async query(words: string) {
    const hits = [...this.entries.values()]
      .filter(({ title, body }) => `${title}\n${body}`.includes(words))
      .map(({ id, title }) => ({ id, score: 1, title: [{ text: title, hit: false }], snippet: [] }));
    return { hits, total: hits.length, facets: {} };
  }

  async suggest(prefix: string): Promise<readonly string[]> {
    return [...this.entries.values()].map(({ title }) => title).filter((title) => title.startsWith(prefix));
  }
}

/** Signs with the hash: enough to see what was signed; nobody outside a test verifies it. */
export const testSigner: Signer = {
  keyId: 'test',
  publicKey: '0'.repeat(64),
  sign: async (message) => encoder.encode(sha256Hex(message)),
};

export class MemoryNotifier implements Notifier {
  readonly sent: { to: string; subject: string; text: string }[] = [];

  async send(notice: { to: string; subject: string; text: string }): Promise<void> {
    this.sent.push(notice);
  }
}
