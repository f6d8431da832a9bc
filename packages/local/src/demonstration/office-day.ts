import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Finding, Redaction } from '@gongkai/core';
import { ApiClient } from '../client/index.ts';
import { home } from '../configuration.ts';
import type { Credential } from './people.ts';
import type { Entry } from './programme.ts';

/** The people of the demonstration, each signed in with their own session. */
export type Staff = Readonly<Record<'jingban' | 'chushen' | 'fuhe' | 'fuzeren', ApiClient>>;

/** Each of them signed in at `base`; `site` when it is in this process. */
export const signedIn = async (
  base: string,
  people: readonly Credential[],
  site?: { fetch: (request: Request) => Response | Promise<Response> },
): Promise<Staff> => {
  const session = async (account: string): Promise<ApiClient> => {
    const client = new ApiClient(base, site === undefined ? {} : { fetch: (request) => site.fetch(request) });
    await client.signIn(account, people.find((one) => one.account === account)?.password ?? '');
    return client;
  };
  return {
    jingban: await session('jingban'),
    chushen: await session('chushen'),
    fuhe: await session('fuhe'),
    fuzeren: await session('fuzeren'),
  };
};

export type DayView = Awaited<ReturnType<ApiClient['view']>>;

const documents = join(home, 'packages/local/documents/made');
const machineSeconds = 300;

/** Kinds that a person covers; everything else is looked at and answered with a reason. */
const personal = new Set([
  'resident-id',
  'mobile',
  'bank-card',
  'passport',
  'licence-plate',
  'email',
  'name-with-address',
  'address',
  'birth-date',
  'social-account',
  'travel-permit',
  'officer-card',
  'driving-licence',
  'landline',
]);

const reasons: Partial<Record<Finding['kind'], string>> = {
  'not-searched': '扫描件，已逐页人工查看，没有敏感内容',
  'secrecy-prose': '叙述保密制度，不是密级标志',
  'internal-mark': '叙述性文字，不是内部资料标志',
};

/** What the maker answers to each open finding, as a person would: cover what is personal, give a reason for the rest. */
const answers = (view: DayView) => {
  const open = new Set(view.unanswered);
  const dispositions: Record<string, { answer: 'redact' | 'not-sensitive'; reason: string }> = {};
  const redactions: Redaction[] = [];
  for (const [file, findings] of view.findings.entries())
    for (const finding of findings) {
      if (!open.has(finding.id)) continue;
      if (personal.has(finding.kind) && finding.boxes.length > 0) {
        dispositions[finding.id] = { answer: 'redact', reason: '' };
        redactions.push({
          id: `r-${finding.id}`,
          file,
          boxes: finding.boxes,
          ground: 'privacy',
          finding: finding.id,
        });
      } else
        dispositions[finding.id] = {
          answer: 'not-sensitive',
          reason: reasons[finding.kind] ?? '已核对，可以公开',
        };
    }
  return { dispositions, redactions };
};

const ready = ({ item }: DayView): boolean =>
  item.state !== 'draft' ||
  item.files.every(({ progress }) => progress === 'inspected' || progress === 'refused');

/** Uploads and describes one entry of the programme. */
const draft = async (maker: ApiClient, entry: Entry, folder: string): Promise<DayView> => {
  const { id } = await maker.create({
    metadata: {
      column: entry.column,
      genre: entry.genre,
      theme: entry.theme,
      ...(entry.title ? { title: entry.title } : {}),
    },
    display: entry.display,
    ...(entry.major === undefined ? {} : { major: entry.major }),
  });
  for (const name of entry.files) await maker.upload(id, name, readFileSync(join(folder, name)));
  return maker.waitUntil(id, ready, machineSeconds);
};

const approve = async (who: ApiClient, id: string): Promise<void> => {
  const view = await who.view(id);
  await who.decide(id, view.version, { verdict: 'approve', binding: view.binding });
};

/**
 * Takes one document its way, through the API, signed in as the people whose turn it is: there is no other way in
 * the product, and the demonstration has none either. Stops at `until`. `folder` holds the files.
 */
export const carry = async (
  staff: Staff,
  entry: Entry,
  until: Entry['until'],
  step: (what: string) => void,
  folder = documents,
): Promise<DayView> => {
  const maker = staff.jingban;
  step('接收、转换、检查');
  let view = await draft(maker, entry, folder);
  const { id } = view.item;
  if (view.item.state !== 'draft' || until === 'draft') return view;
  const { item } = view;
  const read = item.metadata;
  await maker.edit(id, view.version, {
    metadata: {
      ...read,
      generatedOn: read.generatedOn || (entry.generatedOn ?? ''),
      summary: read.summary || read.title,
    },
    ...answers(view),
  });
  const turns = [
    ['自审', maker, 'first-review'],
    ['初审', staff.chushen, 'second-review'],
    ['复核', staff.fuhe, item.major ? 'principal-review' : 'machines'],
    ...(item.major ? [['审定', staff.fuzeren, 'machines'] as const] : []),
  ] as const;
  for (const [what, who, leadsTo] of turns) {
    step(what);
    await approve(who, id);
    if (leadsTo === until) return maker.view(id);
  }
  step('出件、放行、发布');
  view = await maker.waitUntil(
    id,
    ({ item }) => item.state === 'published' || item.state === 'draft',
    machineSeconds,
  );
  return view;
};
