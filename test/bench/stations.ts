import { createReadStream, readdirSync } from 'node:fs';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  attachUpload,
  createPublication,
  editDraft,
  type FindingKind,
  inspection,
  loadJson,
  type Office,
  type Redaction,
  type Refusal,
  type Result,
} from '@gongkai/core';
import { openHost } from '@gongkai/local';
import { approveBy, current, filled, first, maker, second } from '../scenario/office-at-work.ts';
import { drainTimed, type Step } from './station-clock.ts';
import { milliseconds, percentile } from './stopwatch.ts';
import type { Table } from './table.ts';

const made = fileURLToPath(new URL('../../packages/local/documents/made/', import.meta.url));
const machines = ['intake', 'convert', 'inspect', 'render', 'gate', 'publish', 'index', 'notify'] as const;
const officeTypes = new Set([
  '.docx',
  '.doc',
  '.xlsx',
  '.wps',
  '.odt',
  '.rtf',
  '.xls',
  '.et',
  '.pptx',
  '.ppt',
]);

const done = <T>(result: Result<T, Refusal>): T => {
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
};

/**
 * Twenty that go the whole way. The one with a state-secret marking is refused by design; of the four .doc, which
 * are much alike, two are enough.
 */
const documents = (): string[] =>
  readdirSync(made)
    .filter((name) => !/密级|^05|^10/.test(name))
    .sort();

/** Kinds that a person covers. */
const personal: ReadonlySet<FindingKind> = new Set([
  'resident-id',
  'mobile',
  'bank-card',
  'passport',
  'licence-plate',
  'email',
  'name-with-address',
]);

/** As a person would answer: what is personal is covered, the rest is looked at. */
const answerFindings = async (office: Office, id: string): Promise<void> => {
  const item = await current(office, id);
  const ground = office.policy.grounds.find(({ redactable }) => redactable)?.key ?? '';
  const redactions: Redaction[] = [];
  const dispositions: Record<string, { answer: 'redact' | 'not-sensitive'; reason: string }> = {};
  for (const [file, entry] of item.files.entries()) {
    const seen = await loadJson(office, inspection, entry.inspection ?? '');
    for (const finding of seen.findings) {
      if (finding.severity === 'low' || finding.removedByRender) continue;
      const covers = finding.boxes.length > 0 && personal.has(finding.kind);
      dispositions[finding.id] = covers
        ? { answer: 'redact', reason: '' }
        : { answer: 'not-sensitive', reason: '已逐页人工核对' };
      if (covers)
        redactions.push({ id: `r-${finding.id}`, file, ground, finding: finding.id, boxes: finding.boxes });
    }
  }
  done(await editDraft(office, maker, id, { dispositions, redactions }));
};

type Carried = {
  readonly id: string;
  readonly name: string;
  readonly pages: number;
  readonly steps: readonly Step[];
};

/** So often, unless a busy machine takes too long. */
const rounds = 3;
const enoughMs = 75_000;

/**
 * Each station of a document at its median of all rounds (the lower of the middle two): others at work on this machine,
 * and LibreOffice starting anew after 25 documents, disturb only some.
 */
const typical = (measured: readonly Carried[][]): Carried[] =>
  (measured[0] ?? []).map((one, n) => {
    const stations = [...new Set(one.steps.map(({ station }) => station))];
    const steps = stations.map((station) => ({
      subject: one.id,
      station,
      ms: percentile(
        measured.map((round) => sum(round[n]?.steps ?? [], station)),
        0.49,
      ),
    }));
    return { ...one, steps };
  });

/** One document from upload to catalogue: the people's commands are a step of their own. */
const carry = async (office: Office, name: string): Promise<Carried> => {
  const steps: Step[] = [];
  let id = '';
  const people = async (work: () => Promise<void>): Promise<void> => {
    const ms = await milliseconds(work);
    steps.push({ subject: id, station: 'commands', ms });
  };
  await people(async () => {
    const title = name.replace(extname(name), '');
    const given = { metadata: filled(office.policy, title), display: { kind: 'days' as const, amount: 7 } };
    id = done(await createPublication(office, maker, given)).item.id;
    const kept = done(await office.blobs.putOnce('quarantine', createReadStream(join(made, name))));
    done(await attachUpload(office, maker, id, { id: 'file0', name, ...kept }));
  });
  steps.push(...(await drainTimed(office)));
  const refused = (await current(office, id)).files.find(({ progress }) => progress !== 'inspected');
  if (refused) throw new Error(`${name}: ${refused.progress} ${JSON.stringify(refused.refusal)}`);
  await people(async () => {
    await answerFindings(office, id);
    await approveBy(office, id, maker, first, second);
  });
  steps.push(...(await drainTimed(office)));
  const item = await current(office, id);
  if (item.state !== 'published') throw new Error(`${name}: ${item.state} ${JSON.stringify(item.trouble)}`);
  return { id, name, pages: item.files[0]?.pages ?? 0, steps };
};

const sum = (steps: readonly Step[], wanted?: string): number =>
  steps.reduce((total, { station, ms }) => total + (wanted === undefined || station === wanted ? ms : 0), 0);

const overhead = (what: string, carried: readonly Carried[]): Table['rows'][number] => {
  const steps = carried.flatMap((one) => one.steps);
  const conversion = sum(steps, 'convert');
  const rest = sum(steps) - conversion;
  const pages = carried.reduce((total, one) => total + one.pages, 0);
  return {
    what,
    documents: carried.length,
    pages,
    'conversion ms': Math.round(conversion),
    'everything else ms': Math.round(rest),
    'overhead (else ÷ conversion)': rest / conversion,
  };
};

/** 20 mixed documents through all machine stations of an embedded office, with the real machines in their cages. */
export const stations = async (folder: string): Promise<Table[]> => {
  const host = await openHost(join(folder, 'office'), { port: 0, publicUrl: 'https://gongkai.example' });
  try {
    host.machines.warm();
    const names = documents();
    // Cold first: starting the cages, LibreOffice and its fonts; a text, a picture, a PDF and office documents.
    const coldMs = await milliseconds(() =>
      carry(host.office, names.find((name) => name.endsWith('.docx')) ?? ''),
    );
    for (const ending of ['.xlsx', '.pdf', '.png', '.txt'])
      await carry(host.office, names.find((name) => name.endsWith(ending)) ?? '');

    const measured: Carried[][] = [];
    const started = performance.now();
    while (measured.length < rounds && performance.now() - started < enoughMs) {
      const round: Carried[] = [];
      for (const name of names) round.push(await carry(host.office, name));
      measured.push(round);
    }
    const carried = typical(measured);

    const all = carried.flatMap(({ steps }) => steps);
    const total = sum(all);
    const officeDocuments = carried.filter(({ name }) => officeTypes.has(extname(name)));
    const per = (station: string): number[] => carried.map(({ steps }) => sum(steps, station));
    return [
      {
        title: `Stations: ${carried.length} documents, ms a document`,
        rows: carried.map(({ name, pages, steps }) => ({
          document: name.length > 24 ? `${name.slice(0, 16)}…${extname(name)}` : name,
          pages,
          ...Object.fromEntries(machines.map((station) => [station, Math.round(sum(steps, station))])),
          'commands, clock, audit': Math.round(sum(steps, 'commands') + sum(steps, 'clock and audit')),
          total: Math.round(sum(steps)),
        })),
      },
      {
        title: 'Stations: all documents together',
        rows: [...machines, 'commands', 'clock and audit'].map((station) => ({
          station,
          'total ms': Math.round(sum(all, station)),
          share: sum(all, station) / total,
          'median ms': percentile(per(station), 0.5),
          'worst ms': Math.max(...per(station)),
        })),
      },
      {
        title: 'Stations: overhead of everything that is not conversion (aim: at most 0.20)',
        rows: [overhead('office documents', officeDocuments), overhead('all documents', carried)],
        notes: [
          `One message at a time, warm, medians of ${measured.length} rounds. The first document of a new process took ${Math.round(coldMs)} ms with the start of the cages in it.`,
          'inspect reads the converted PDF, gate the release; commands are three people’s decisions, signed, and their audit entries.',
        ],
      },
    ];
  } finally {
    await host.close();
  }
};
