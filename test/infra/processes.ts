import { readdirSync, readFileSync } from 'node:fs';

export type Process = {
  readonly pid: number;
  readonly command: string;
  /** User and system time of all its threads. */
  readonly processorSeconds: number;
};

/** Of /proc/<pid>/stat: Linux counts in hundredths of a second there. */
const statOf = (pid: number): { parent: number; processorSeconds: number } => {
  // The name in brackets may hold spaces and brackets itself.
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? [];
  return { parent: Number(fields[1]), processorSeconds: (Number(fields[11]) + Number(fields[12])) / 100 };
};

/** A process and all that it has started, from /proc: only on Linux. Those that end meanwhile are left out. */
export const processesBelow = (root: number): Process[] => {
  const all = new Map<number, Process & { readonly parent: number }>();
  for (const name of readdirSync('/proc')) {
    const pid = Number(name);
    if (!Number.isInteger(pid)) continue;
    try {
      const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
      all.set(pid, { pid, command, ...statOf(pid) });
    } catch {
      // It has just ended.
    }
  }
  const below = ({ pid, parent }: { pid: number; parent: number }): boolean => {
    if (pid === root) return true;
    const up = all.get(parent);
    return up !== undefined && below(up);
  };
  return [...all.values()].filter(below);
};
