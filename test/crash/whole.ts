import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import {
  type AuditEvent,
  bindingOf,
  everyone,
  type Publication,
  publication,
  sha256Hex,
  state,
  visible,
} from '@gongkai/core';
import { type Host, openHost } from '@gongkai/local';

export const everyPublication = async (host: Host): Promise<readonly Publication[]> => {
  const found: Publication[] = [];
  for (const one of state.options) {
    const { rows } = await host.office.records.query({
      index: 'work',
      partition: `state/${one}`,
      limit: 1000,
    });
    found.push(...rows.map(({ data }) => publication.parse(data)));
  }
  return found;
};

const filesBelow = (folder: string): string[] =>
  existsSync(folder)
    ? readdirSync(folder, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map(({ name }) => name)
    : [];

const bytesOf = async (host: Host, item: Publication): Promise<string[]> => {
  const wrong: string[] = [];
  for (const file of item.files) {
    const where = file.progress === 'received' || file.progress === 'refused' ? 'quarantine' : 'vault';
    const found = await host.blobs.verify({ area: where, sha256: file.sha256 });
    if (item.state === 'stopped' ? found !== 'missing' : found !== 'whole')
      wrong.push(`${item.id} ${file.name}: ${found} in ${where}`);
    for (const sha256 of [file.pdf, file.examination, file.inspection])
      if (sha256 !== undefined && (await host.blobs.verify({ area: 'renditions', sha256 })) !== 'whole')
        wrong.push(`${item.id} ${file.name}: rendition`);
  }
  for (const sha256 of [...(item.pass?.files ?? []), ...(item.pass?.ofds ?? [])])
    if ((await host.blobs.verify({ area: 'vault', sha256 })) !== 'whole') wrong.push(`${item.id}: release`);
  return wrong;
};

const decisionsOf = (host: Host, item: Publication): string[] => {
  if (visible(item, everyone, host.office.clock.now()) === 'hidden') return [];
  const reviewers = item.decisions.filter(
    ({ checkpoint, verdict }) => checkpoint !== 'self' && verdict === 'approve',
  );
  const people = new Set(reviewers.map(({ person }) => person));
  const bound = reviewers.every(
    ({ binding, person }) => binding === bindingOf(item) && !item.editors.includes(person),
  );
  const passed =
    JSON.stringify(item.pass?.files) === JSON.stringify(item.release?.files.map(({ sha256 }) => sha256));
  return people.size >= 2 && bound && passed ? [] : [`${item.id} is public without two decisions and a pass`];
};

const historyOf = async (host: Host, item: Publication): Promise<string[]> => {
  const { rows } = await host.office.records.query({ partition: `history/${item.id}`, limit: 1000 });
  // A dead letter that is run again is in the history and changes no state.
  const events = rows
    .map(({ data }) => data as AuditEvent)
    .filter(({ before, after }) => `${before}${after}` !== '');
  const wrong = events.flatMap((event, at) =>
    event.before === (events[at - 1]?.after ?? '') ? [] : [`${item.id}: ${event.action} does not follow`],
  );
  if (events.at(-1)?.after !== item.state) wrong.push(`${item.id}: the history ends elsewhere`);
  for (const once of [
    'publication.created',
    'publication.published',
    'numbers.assigned',
    'publication.stopped',
  ])
    if (events.filter(({ action }) => action === once).length > 1) wrong.push(`${item.id}: ${once} twice`);
  return wrong;
};

/** Everything that must hold in a data folder at rest, after whatever has happened to it. Returns what does not. */
export const faultsOf = async (data: string): Promise<readonly string[]> => {
  const host = await openHost(data);
  try {
    const wrong: string[] = [];
    for (const item of await everyPublication(host))
      wrong.push(
        ...(await bytesOf(host, item)),
        ...decisionsOf(host, item),
        ...(await historyOf(host, item)),
      );
    const depth = await host.office.queue.depth();
    if (depth.waiting + depth.dead > 0) wrong.push(`queue: ${JSON.stringify(depth)}`);
    const scratch = readdirSync(join(data, 'work'));
    const halfWritten = filesBelow(join(data, 'blobs', 'incoming'));
    if (scratch.length + halfWritten.length > 0)
      wrong.push(`left: ${[...scratch, ...halfWritten].join(' ')}`);
    return wrong;
  } finally {
    await host.close();
  }
};

const passing = [
  'attempt/',
  'session/',
  'token-use/',
  'quota/',
  'upload/',
  'challenge/',
  'audit-head',
  'audit-checkpoint',
];

/** One hash of all that the office knows and keeps, but for what comes and goes by itself. */
export const contentOf = async (data: string): Promise<string> => {
  const host = await openHost(data);
  try {
    const { DatabaseSync } = await import('node:sqlite');
    const database = new DatabaseSync(join(data, 'records.sqlite'), { readOnly: true });
    const rows = database
      .prepare('SELECT partition, sort, data FROM rows ORDER BY partition, sort')
      .all() as {
      partition: string;
    }[];
    database.close();
    const standing = rows.filter(({ partition }) => !passing.some((prefix) => partition.startsWith(prefix)));
    return sha256Hex(JSON.stringify(standing));
  } finally {
    await host.close();
  }
};
