import {
  bindingOf,
  everyone,
  type Finding,
  formerAnswers,
  heldOf,
  historyOf,
  holdersOf,
  type Inspection,
  inspection,
  type Loaded,
  load,
  loadDictionary,
  loadJson,
  type Office,
  offersFor,
  type Publication,
  personById,
  sealingViews,
  sentence,
  standingOf,
  unanswered,
  visible,
  whatMay,
  whyFailed,
} from '@gongkai/core';
import type * as z from 'zod';
import type { publication as contract } from '../contract/index.ts';
import type { Caller } from '../route/index.ts';
import { refusalsOf } from './refusals.ts';

/** The whole findings of each file, in the order of the files. */
export const findingsOf = async (office: Office, item: Publication): Promise<Finding[][]> =>
  (await inspectionsOf(office, item)).map((seen) => seen?.findings ?? []);

const inspectionsOf = (office: Office, item: Publication): Promise<(Inspection | undefined)[]> =>
  Promise.all(
    item.files.map(async ({ inspection: sha256 }) =>
      sha256 === undefined ? undefined : await loadJson(office, inspection, sha256),
    ),
  );

/** Only while it can still be sent back. */
const olderDictionary = async (
  office: Office,
  item: Publication,
  inspections: readonly (Inspection | undefined)[],
) => {
  if (item.publishedAt !== undefined) return {};
  const versions = inspections.flatMap((seen) => (seen ? [seen.dictionary] : []));
  const { version: now } = await loadDictionary(office);
  const inspectedWith = Math.min(...versions);
  return versions.length > 0 && inspectedWith < now ? { olderDictionary: { inspectedWith, now } } : {};
};

const duplicatesOf = async (office: Office, item: Publication) => {
  const found = await Promise.all(
    item.files.map(async (file) =>
      (await holdersOf(office, file.sha256)).map(({ publication }) => ({ file: file.id, publication })),
    ),
  );
  const others = found.flat().filter(({ publication }) => publication !== item.id);
  const each = [...new Map(others.map((one) => [`${one.file} ${one.publication}`, one])).values()];
  return Promise.all(
    each.map(async (one) => ({
      ...one,
      title: (await load(office, one.publication))?.item.metadata.title ?? '',
    })),
  );
};

/** Dead letters are few: somebody has to look at each. */
const stuckOf = async (office: Office, item: Publication) => {
  const letter = (await office.queue.deadLetters()).find(({ message }) => message.subject === item.id);
  if (letter) {
    const { message, attempts, diedAt: since, lastError } = letter;
    return { station: message.type, attempts, since, why: whyFailed(message.type, lastError) };
  }
  if (!inMachines(item)) return undefined;
  const held = (await heldOf(office)).find(({ message, nextAt }) => message.subject === item.id && nextAt);
  return held && { ...held, station: held.message.type };
};

/** Former answers for a draft, with the names of those who gave them. */
const offersOf = async (office: Office, item: Publication, findings: readonly Finding[]) => {
  if (item.state !== 'draft') return {};
  const offers = offersFor(item, findings, await formerAnswers(office, item));
  const people = [...new Set(Object.values(offers).map(({ person }) => person))];
  const names = new Map(
    await Promise.all(people.map(async (id) => [id, (await personById(office, id))?.name ?? id] as const)),
  );
  return Object.fromEntries(
    Object.entries(offers).map(([id, { value: _, person, ...offer }]) => [
      id,
      { ...offer, personName: names.get(person) ?? person },
    ]),
  );
};

/** Whether a machine has this publication in hand now: only then does it pay to look at what waits. */
const inMachines = ({ state, files }: Publication): boolean =>
  ['rendering', 'gating'].includes(state) ||
  (state === 'draft' && files.some(({ progress }) => progress !== 'inspected' && progress !== 'refused'));

/** Everything that the review page shows. */
export const viewOf = async (
  office: Office,
  { item, version }: Loaded,
  caller: Caller,
): Promise<z.input<typeof contract.publicationView>> => {
  const now = office.clock.now();
  const { may, why } = whatMay(office, item, caller.actor, now);
  const [inspections, duplicates, history, stuck] = await Promise.all([
    inspectionsOf(office, item),
    duplicatesOf(office, item),
    historyOf(office, item.id),
    stuckOf(office, item),
  ]);
  const findings = inspections.map((seen) => seen?.findings ?? []);
  return {
    item,
    version,
    binding: bindingOf(item),
    findings,
    recognition: inspections.map((seen) =>
      (seen?.pages ?? []).flatMap(({ page, recognition }) => (recognition ? [{ ...recognition, page }] : [])),
    ),
    ...(await olderDictionary(office, item, inspections)),
    duplicates,
    ...(stuck ? { stuck } : {}),
    unanswered: unanswered(item).map(({ id }) => id),
    offers: await offersOf(office, item, findings.flat()),
    may: [...may],
    ...(why ? { mayNot: sentence(why) } : {}),
    timeline: history.map(({ at, action, actor, details }) => ({ at, action, actor: actor.name, details })),
    standing: standingOf(office, item, now),
    sealing: sealingViews(office, item, inspections),
    ...(visible(item, everyone, now) === 'visible'
      ? { publicUrl: `${office.publicUrl}/item/${item.id}` }
      : {}),
    refusals: refusalsOf(item),
  };
};
