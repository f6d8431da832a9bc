import { readdirSync, readFileSync } from 'node:fs';

export type Process = { readonly pid: number; readonly command: string };

const parentOf = (pid: number): number =>
  // The name in brackets may hold spaces and brackets itself.
  Number(readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ')[1]);

/** A process and all that it has started, from /proc: only on Linux. Those that end meanwhile are left out. */
export const processesBelow = (root: number): Process[] => {
  const all = new Map<number, Process & { readonly parent: number }>();
  for (const name of readdirSync('/proc')) {
    const pid = Number(name);
    if (!Number.isInteger(pid)) continue;
    try {
      const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
      all.set(pid, { pid, command, parent: parentOf(pid) });
    } catch {
      // It has just ended.
    }
  }
  const below = ({ pid, parent }: { pid: number; parent: number }): boolean => {
    if (pid === root) return true;
    const up = all.get(parent);
    return up !== undefined && below(up);
  };
  return [...all.values()].filter(below).map(({ pid, command }) => ({ pid, command }));
};
