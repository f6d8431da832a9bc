import { type Actor, holds } from '../people/index.ts';
import {
  addFile,
  type Draft,
  edit,
  metadata,
  open,
  type Publication,
  removeFile,
} from '../publication/index.ts';
import { err, ok, type Refusal, type Result, refusal } from '../refusal/index.ts';
import { displayRuleOf } from '../release/index.ts';
import { create, keys, type Loaded, load, update } from '../repository/index.ts';
import { recall } from '../review/index.ts';
import { keepAnswers } from './former-answers.ts';
import type { Office } from './office.ts';
import { widenRedactions } from './widening.ts';

type Outcome = Promise<Result<Loaded, Refusal>>;

/** 新建: an empty publication of this maker. `replaces` names the published one that it will take the place of. */
export const createPublication = async (
  office: Office,
  who: Actor,
  given: {
    metadata?: Partial<Publication['metadata']>;
    display?: Publication['display'];
    major?: boolean;
    replaces?: string;
  },
): Outcome => {
  if (!holds(who, 'maker')) return err(refusal('not-allowed', { role: 'maker' }));
  if (given.replaces !== undefined) {
    const old = await load(office, given.replaces);
    if (!old) return err(refusal('not-found'));
    if (old.item.state !== 'published') return err(refusal('wrong-state', { state: old.item.state }));
  }
  const fields = metadata.parse({
    ...given.metadata,
    office: given.metadata?.office || office.policy.office.name,
  });
  const rule = displayRuleOf(office.policy, fields.column);
  const item = open(
    {
      id: office.ids.next('pub'),
      correlationId: office.ids.next('cor'),
      metadata: fields,
      display: given.display ?? rule?.proposed ?? { kind: 'days', amount: 7 },
      ...(given.major === undefined ? {} : { major: given.major }),
      ...(given.replaces === undefined ? {} : { replaces: given.replaces }),
    },
    who,
    office.clock.now(),
  );
  return create(office, { item, action: 'publication.created' }, who);
};

/**
 * 上传完成: a whole upload in quarantine becomes a file of the draft and goes to intake. The same bytes in another
 * publication are linked by their hash, not stored twice.
 */
export const attachUpload = async (
  office: Office,
  who: Actor,
  id: string,
  upload: { id: string; name: string; sha256: string; size: number },
): Outcome =>
  update(office, id, who, (item, now) => {
    if (item.files.some((file) => file.id === upload.id)) return ok(undefined);
    const next = addFile(item, { ...upload, progress: 'received', substitutedFonts: [], findings: [] }, who);
    if (!next.ok) return next;
    return ok({
      action: 'file.uploaded',
      details: { file: upload.id, name: upload.name, sha256: upload.sha256, size: upload.size },
      item: next.value,
      follow: [{ type: 'intake', payload: { file: upload.id } }],
      writes: [
        {
          kind: 'put',
          key: keys.holder(upload.sha256, `${id}:${upload.id}`),
          data: { as: 'original', at: now, name: upload.name, publication: id },
          expect: 'absent',
        },
      ],
    });
  });

/** Where else these bytes were uploaded or published: publication ids. */
export const holdersOf = async (
  office: Office,
  sha256: string,
): Promise<readonly { publication: string; as: string }[]> => {
  const { rows } = await office.records.query({ partition: `holder/${sha256}` });
  return rows.map((row) => ({
    publication: row.sort.split(':')[0] ?? row.sort,
    as: (row.data as { as?: string }).as ?? 'original',
  }));
};

export const editDraft = (
  office: Office,
  who: Actor,
  id: string,
  change: Draft,
  expectVersion?: number,
): Outcome =>
  update(
    office,
    id,
    who,
    async (item, now) => {
      const grounds = new Set(
        office.policy.grounds.filter(({ redactable }) => redactable).map(({ key }) => key),
      );
      if (change.redactions?.some(({ ground }) => !grounds.has(ground))) return err(refusal('ground-needed'));
      const next = edit(item, change, who, now);
      if (!next.ok) return next;
      const covered = await widenRedactions(office, item, next.value.redactions);
      return covered.ok
        ? ok({
            action: 'draft.edited',
            details: { changed: Object.keys(change) },
            item: { ...next.value, redactions: covered.value },
          })
        : covered;
    },
    expectVersion,
  );

export const dropFile = (
  office: Office,
  who: Actor,
  id: string,
  file: string,
  expectVersion?: number,
): Outcome =>
  update(
    office,
    id,
    who,
    async (item) => {
      const next = removeFile(item, file, who);
      if (!next.ok) return next;
      const gone = item.files.find(({ id }) => id === file);
      const former = gone && (await keepAnswers(office, item, gone));
      return ok({
        action: 'file.removed',
        details: { file },
        item: { ...next.value, ...(former === undefined ? {} : { former }) },
      });
    },
    expectVersion,
  );

/** 撤回修改: back to the draft, decisions void. */
export const recallForEditing = (office: Office, who: Actor, id: string, expectVersion?: number): Outcome =>
  update(
    office,
    id,
    who,
    (item, now) => {
      const next = recall(item, who, now);
      return next.ok ? ok({ action: 'publication.recalled', item: next.value }) : next;
    },
    expectVersion,
  );

/** 作废: a draft that will not be pursued. Record and originals stay. */
export const discardDraft = (office: Office, who: Actor, id: string, expectVersion?: number): Outcome =>
  update(
    office,
    id,
    who,
    (item, now) => {
      if (item.state !== 'draft') return err(refusal('wrong-state', { state: item.state }));
      if (!holds(who, 'maker') || !item.editors.includes(who.person))
        return err(refusal('not-allowed', { role: 'maker' }));
      return ok({ action: 'publication.discarded', item: { ...item, state: 'discarded', since: now } });
    },
    expectVersion,
  );
