import { canonicalJson, toHex } from '../hash/index.ts';
import type { Actor } from '../people/index.ts';
import { ok, type Refusal, type Result } from '../refusal/index.ts';
import { checkDisplay, endDisplay, withdraw } from '../release/index.ts';
import { type Loaded, update } from '../repository/index.ts';
import { type Ask, type Decision, decide } from '../review/index.ts';
import { stopped } from '../stations/stop.ts';
import type { Office } from './office.ts';

type Outcome = Promise<Result<Loaded, Refusal>>;

const signed = async (office: Office, decision: Decision): Promise<Decision> => {
  const { signature: _, ...content } = decision;
  const signature = toHex(await office.signer.sign(new TextEncoder().encode(canonicalJson(content))));
  return { ...decision, signature };
};

/**
 * 审查决定: one conditional commit on state, version and hash as seen. The signed decision, its audit entry and
 * (after the last checkpoint) the order to render are one commit.
 */
export const decidePublication = (
  office: Office,
  who: Actor & { reviewerSince?: string | undefined },
  id: string,
  ask: Ask,
  expectVersion?: number,
): Outcome =>
  update(
    office,
    id,
    { person: who.person, name: who.name, account: who.account, roles: who.roles, via: who.via },
    async (item, now) => {
      const next = decide(item, ask, who, {
        now,
        id: office.ids.next('dec'),
        rules: {
          grounds: office.policy.grounds.map(({ key }) => key),
          requiredMetadata: office.policy.requiredMetadata,
          newReviewerWaitHours: office.policy.people.newReviewerWaitHours,
          checkDisplay: ({ metadata, display, publishAt }) =>
            checkDisplay(
              office.policy,
              metadata.column,
              display,
              publishAt !== undefined && publishAt > now ? publishAt : now,
            ),
        },
      });
      if (!next.ok) return next;
      const decision = await signed(office, next.value.decision);
      const place = (entry: Decision) =>
        entry.id === decision.id ? { ...entry, signature: decision.signature } : entry;
      const after = next.value.item;
      // A person has recognised what no detector did: then it may not stay here either (保密法 §31).
      if (ask.verdict === 'refuse' && ask.ground === 'state-secret') {
        const stop = stopped(after, ask.reason ?? '', decision.checkpoint, now);
        return ok({ ...stop, item: { ...stop.item, decisions: after.decisions.map(place) } });
      }
      return ok({
        action: `decision.${ask.verdict}`,
        details: { decision },
        item: {
          ...after,
          decisions: after.decisions.map(place),
          voided: after.voided.map((entry) => ({ ...entry, ...place(entry) })),
        },
        follow: [
          ...(after.state === 'rendering' ? [{ type: 'render' as const }] : []),
          { type: 'notify', payload: notice(after.state, item.maker) },
        ],
      });
    },
    expectVersion,
  );

const notice = (state: Loaded['item']['state'], maker: string): Record<string, unknown> => {
  switch (state) {
    case 'first-review':
      return { role: 'first-reviewer', about: 'waiting' };
    case 'second-review':
      return { role: 'second-reviewer', about: 'waiting' };
    case 'principal-review':
      return { role: 'principal', about: 'waiting' };
    case 'draft':
      return { person: maker, about: 'sent-back' };
    case 'refused':
      return { person: maker, about: 'refused' };
    default:
      return { person: maker, about: 'approved' };
  }
};

/** 撤回: gone from the public at this commit; the tombstone carries the notice. */
export const withdrawPublication = (
  office: Office,
  who: Actor,
  id: string,
  words: { reason: string; notice: string },
  expectVersion?: number,
): Outcome =>
  update(
    office,
    id,
    who,
    (item, now) => {
      const next = withdraw(item, words, who, now);
      return next.ok
        ? ok({
            action: 'publication.withdrawn',
            details: words,
            item: next.value,
            follow: [
              { type: 'index' },
              { type: 'notify', payload: { person: item.maker, about: 'withdrawn' } },
            ],
          })
        : next;
    },
    expectVersion,
  );

/** 下架: after the display floor, without ceremony. */
export const endPublicationDisplay = (
  office: Office,
  who: Actor,
  id: string,
  expectVersion?: number,
): Outcome =>
  update(
    office,
    id,
    who,
    (item, now) => {
      const next = endDisplay(item, who, now);
      return next.ok
        ? ok({ action: 'publication.ended', item: next.value, follow: [{ type: 'index' }] })
        : next;
    },
    expectVersion,
  );
