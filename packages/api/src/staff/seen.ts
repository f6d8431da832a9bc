import {
  err,
  type Loaded,
  load,
  type Office,
  ok,
  type Publication,
  type Refusal,
  type Result,
  refusal,
  visible,
} from '@gongkai/core';
import type { Caller } from '../route/index.ts';

/** Roles that work on documents: everyone's but the administrator's, who manages people. */
export const documentRoles = [
  'maker',
  'first-reviewer',
  'second-reviewer',
  'principal',
  'secrecy-officer',
  'records-officer',
  'supervisor',
] as const;

export const isSeen = (item: Publication, caller: Caller, now: string): boolean =>
  visible(item, { kind: 'staff', person: caller.person }, now) === 'visible';

/** The publication, when there is one that this person may see; else `not-found`, whatever the reason. */
export const seen = async (office: Office, caller: Caller, id: string): Promise<Result<Loaded, Refusal>> => {
  const loaded = await load(office, id);
  return loaded && isSeen(loaded.item, caller, office.clock.now()) ? ok(loaded) : err(refusal('not-found'));
};
