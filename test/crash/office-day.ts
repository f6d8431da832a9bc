import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type ApiClient, ApiRefusal } from '@gongkai/local';

const documents = fileURLToPath(new URL('../../packages/local/documents/made/', import.meta.url));

export type Staff = Readonly<Record<'jingban' | 'chushen' | 'fuhe' | 'guanli', ApiClient>>;
/** A document on its way; `id` as soon as the office has answered with one. */
export type Errand = { readonly file: string; readonly folder?: string; id?: string; over?: string };

type View = Awaited<ReturnType<ApiClient['view']>>;

const answersTo = (view: View) => {
  const open = new Set(view.unanswered);
  const found = view.findings.flatMap((findings, file) =>
    findings.filter(({ id }) => open.has(id)).map((finding) => ({ finding, file })),
  );
  const covered = found.filter(({ finding }) => finding.boxes.length > 0 && finding.kind === 'resident-id');
  return {
    dispositions: Object.fromEntries(
      found.map(({ finding }) => [
        finding.id,
        covered.some((one) => one.finding.id === finding.id)
          ? { answer: 'redact' as const, reason: '' }
          : { answer: 'not-sensitive' as const, reason: '已核对，可以公开' },
      ]),
    ),
    redactions: covered.map(({ finding, file }) => ({
      id: `r-${finding.id}`,
      file,
      boxes: finding.boxes,
      ground: 'privacy',
      finding: finding.id,
    })),
  };
};

const draft = async (maker: ApiClient, id: string, view: View): Promise<void> => {
  const { item, version } = view;
  if (item.files.some(({ progress }) => progress !== 'inspected' && progress !== 'refused')) return;
  const read = item.metadata;
  if (view.unanswered.length > 0 || !read.generatedOn || !read.title || !read.summary) {
    const title = read.title || '政务公开';
    const metadata = {
      ...read,
      title,
      generatedOn: read.generatedOn || '2012-05-18',
      summary: read.summary || title,
    };
    await maker.edit(id, version, { metadata, ...answersTo(view) });
  } else await maker.decide(id, version, { verdict: 'approve', binding: view.binding });
};

/** The next thing that a person would do about it, by what the screen says now. */
const step = async (staff: Staff, errand: Errand): Promise<void> => {
  const maker = staff.jingban;
  if (errand.id === undefined) {
    const metadata = { column: 'notices', genre: '报告', theme: '综合政务/政务公开' };
    errand.id = (await maker.create({ metadata, display: { kind: 'days', amount: 30 } })).id;
    return;
  }
  const { id } = errand;
  const view = await maker.view(id);
  const approve = async (who: ApiClient) => {
    const seen = await who.view(id);
    await who.decide(id, seen.version, { verdict: 'approve', binding: seen.binding });
  };
  const { state, files, trouble } = view.item;
  if (state === 'published' || state === 'stopped') errand.over = state;
  else if (state === 'draft' && files.length === 0)
    await maker.upload(id, errand.file, readFileSync((errand.folder ?? documents) + errand.file));
  else if (state === 'draft' && trouble !== undefined) errand.over = `sent back: ${trouble.code}`;
  else if (state === 'draft') await draft(maker, id, view);
  else if (state === 'first-review') await approve(staff.chushen);
  else if (state === 'second-review') await approve(staff.fuhe);
};

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Goes on with everything until all of it is over, the product is gone, or `until()` says so. */
export const work = async (
  staff: Staff,
  errands: readonly Errand[],
  until: () => boolean,
): Promise<readonly string[]> => {
  const surprises: string[] = [];
  await Promise.all(
    errands.map(async (errand) => {
      while (errand.over === undefined && !until()) {
        try {
          await step(staff, errand);
        } catch (cause) {
          // The connection broke, or somebody was faster: a person looks again. Anything else is told.
          if (cause instanceof ApiRefusal && cause.problem.code !== 'changed-meanwhile')
            surprises.push(`${errand.file}: ${cause.status} ${cause.problem.code} ${cause.problem.en}`);
          else if (
            !(cause instanceof ApiRefusal || cause instanceof TypeError || cause instanceof SyntaxError)
          )
            throw cause;
        }
        await pause(100);
      }
    }),
  );
  return surprises;
};

/** What lies among the dead letters is run again, as the administrator would by the button. */
export const reviveAll = async (staff: Staff): Promise<number> => {
  const { items } = await staff.guanli.call<{ items: { id: string }[] }>('GET', '/api/dead-letters');
  for (const { id } of items) await staff.guanli.call('POST', `/api/dead-letters/${id}/revive`, {});
  return items.length;
};

export const queueDepth = async (staff: Staff): Promise<number> =>
  (await staff.guanli.call<{ waiting: number }>('GET', '/api/dead-letters')).waiting;
