import { readFileSync } from 'node:fs';
import {
  type Actor,
  attachUpload,
  bindingOf,
  createPublication,
  decidePublication,
  editDraft,
  load,
  metadata,
  type Office,
  type Policy,
  type Publication,
  parsePolicy,
  type Role,
} from '@gongkai/core';
import { parse } from 'yaml';

/** The shipped default policy: tests run under the rules that offices run under. */
export const defaultPolicy = (): Policy => {
  const parsed = parsePolicy(
    parse(readFileSync(new URL('../../policies/default.yaml', import.meta.url), 'utf8')),
  );
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.error));
  return parsed.value;
};

export const someone = (person: string, ...roles: Role[]): Actor => ({
  person,
  name: person,
  account: person,
  roles,
  via: 'console',
});
export const maker = someone('经办', 'maker');
export const first = someone('初审', 'first-reviewer');
export const second = someone('复核', 'second-reviewer');
export const principal = someone('主要负责人', 'principal');

export const bytesOf = (text: string) =>
  (async function* () {
    yield new TextEncoder().encode(text);
  })();

const done = <T>(result: { ok: true; value: T } | { ok: false; error: { code: string } }): T => {
  if (!result.ok) throw new Error(result.error.code);
  return result.value;
};

export const column = (policy: Policy): string => {
  const rule = policy.displayRules.find(({ proposed }) => proposed.kind === 'days');
  const found = policy.columns.find(({ display }) => display === rule?.key) ?? policy.columns[0];
  if (!found) throw new Error('policy without columns');
  return found.key;
};

/** Every required field filled, in a column of the policy. */
export const filled = (policy: Policy, title: string): Publication['metadata'] =>
  metadata.parse({
    title,
    office: policy.office.name,
    column: column(policy),
    generatedOn: '2026-02-09',
    summary: `${title}摘要`,
    theme: `${policy.themes[0]?.name}`,
    genre: policy.genres[0]?.name ?? '通知',
    keywords: ['公开'],
    documentNumber: '政办发〔2026〕8号',
  });

export const draftWith = async (
  office: Office,
  texts: readonly string[],
  more: { display?: Publication['display']; major?: boolean; replaces?: string } = {},
): Promise<string> => {
  const { item } = done(
    await createPublication(office, maker, {
      metadata: filled(office.policy, '2026年预算公开方案'),
      display: { kind: 'days', amount: 7 },
      ...more,
    }),
  );
  for (const [index, text] of texts.entries()) {
    const kept = done(await office.blobs.putOnce('quarantine', bytesOf(text)));
    done(
      await attachUpload(office, maker, item.id, { id: `file${index}`, name: `文件${index}.txt`, ...kept }),
    );
  }
  return item.id;
};

export const current = async (office: Office, id: string): Promise<Publication> => {
  const loaded = await load(office, id);
  if (!loaded) throw new Error(`no ${id}`);
  return loaded.item;
};

export const say = async (
  office: Office,
  who: Actor,
  id: string,
  ask: { verdict?: 'approve' | 'return' | 'refuse'; reason?: string; ground?: string } = {},
) =>
  decidePublication(office, who, id, {
    verdict: 'approve',
    binding: bindingOf(await current(office, id)),
    ...ask,
  });

export const approveBy = async (office: Office, id: string, ...people: Actor[]): Promise<void> => {
  for (const who of people) done(await say(office, who, id));
};

/** Answers every finding: covered by a box, with the ground that the policy puts first. */
export const redactAll = async (office: Office, id: string): Promise<void> => {
  const item = await current(office, id);
  const ground = office.policy.grounds.find(({ redactable }) => redactable)?.key ?? '';
  const findings = item.files.flatMap((file, index) => file.findings.map(({ id }) => ({ id, file: index })));
  done(
    await editDraft(office, maker, id, {
      dispositions: Object.fromEntries(
        findings.map(({ id }) => [id, { answer: 'redact' as const, reason: '' }]),
      ),
      redactions: findings.map(({ id, file }) => ({
        id: `r-${id}`,
        file,
        ground,
        finding: id,
        boxes: [{ page: 1, x: 10, y: 10, width: 100, height: 12 }],
      })),
    }),
  );
};
