import type { Publication, State } from '@gongkai/core';

/** The stops on a document's way, as one line. */
export const stops = [
  'intake',
  'convert',
  'inspect',
  'self',
  'first',
  'second',
  'principal',
  'render',
  'gate',
  'publish',
  'end',
] as const;
export type Stop = (typeof stops)[number];
export type Status = 'done' | 'now' | 'todo' | 'trouble';
export type Station = { readonly stop: Stop; readonly status: Status; readonly milliseconds?: number };

/** At which stop a publication in this state stands; `draft` depends on its files. */
const stopOf: Readonly<Record<Exclude<State, 'draft' | 'discarded'>, Stop>> = {
  'first-review': 'first',
  'second-review': 'second',
  'principal-review': 'principal',
  rendering: 'render',
  gating: 'gate',
  scheduled: 'publish',
  published: 'end',
  expired: 'end',
  withdrawn: 'end',
  replaced: 'end',
  refused: 'first',
  stopped: 'inspect',
};

type Progress = Publication['files'][number]['progress'];
const after: Readonly<Record<Exclude<Progress, 'refused'>, Stop>> = {
  received: 'intake',
  accepted: 'convert',
  converted: 'inspect',
  inspected: 'self',
};
const order = (stop: Stop): number => stops.indexOf(stop);

type Passed = { progress: Progress; type?: string | undefined; pdf?: string | undefined };

/** Where a file was refused: each station leaves something that the one before did not have. */
const refusedIn = ({ type, pdf }: Passed): Stop => (pdf ? 'inspect' : type ? 'convert' : 'intake');

/** The slowest file says where the machines are. */
const machineStop = (files: readonly Passed[]): Stop =>
  files
    .map((file) => (file.progress === 'refused' ? refusedIn(file) : after[file.progress]))
    .reduce<Stop>((slowest, stop) => (order(stop) < order(slowest) ? stop : slowest), 'self');

const ended: readonly State[] = ['expired', 'withdrawn', 'replaced'];
const bad: readonly State[] = ['refused', 'stopped', 'withdrawn'];

export type Traveller = Pick<Publication, 'state' | 'major'> &
  Partial<Pick<Publication, 'files' | 'timing' | 'trouble' | 'decisions'>>;

/** The checkpoint at which it was refused, told from who decided last. */
const refusedAt = (item: Traveller): Stop => item.decisions?.at(-1)?.checkpoint ?? 'first';

const whereabouts = (item: Traveller): Stop => {
  if (item.state === 'draft' || item.state === 'discarded')
    return item.files && item.files.length === 0 ? 'intake' : machineStop(item.files ?? []);
  return item.state === 'refused' ? refusedAt(item) : stopOf[item.state];
};

/** 一路走到哪里了: each stop done, present, still to come, or in trouble. */
export const stationsOf = (item: Traveller): readonly Station[] => {
  const here = order(whereabouts(item));
  const trouble =
    bad.includes(item.state) ||
    item.trouble !== undefined ||
    (item.state === 'draft' && (item.files ?? []).some(({ progress }) => progress === 'refused'));
  return stops
    .filter((stop) => stop !== 'principal' || item.major)
    .map((stop) => {
      const at = order(stop);
      const past = at < here || (at === here && ended.includes(item.state) && !bad.includes(item.state));
      const status: Status = past ? 'done' : at > here ? 'todo' : trouble ? 'trouble' : 'now';
      const spent = item.timing?.[stop];
      return spent === undefined ? { stop, status } : { stop, status, milliseconds: spent };
    });
};
