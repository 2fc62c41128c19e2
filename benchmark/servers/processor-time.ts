import { readdirSync, readFileSync } from 'node:fs';

/** Linux reports processor time in this unit, whatever the kernel's own clock. */
const TICKS_PER_SECOND = 100;

interface Usage {
  parent: number;
  ticks: number;
}

/**
 * Processor time that a process and all its descendants have used, in seconds, with those that have ended. Null when
 * the system has no /proc.
 */
export function processorSeconds(root: number): number | null {
  const processes = readProcesses();
  if (!processes) return null;
  let ticks = 0;
  const pending = [root];
  while (pending.length > 0) {
    const pid = pending.pop()!;
    ticks += processes.get(pid)?.ticks ?? 0;
    for (const [child, { parent }] of processes) if (parent === pid) pending.push(child);
  }
  return ticks / TICKS_PER_SECOND;
}

/** Processor time of those children of this process that have ended, in seconds; null without /proc. */
export function endedChildrenSeconds(): number | null {
  try {
    const [, , children, childrenInKernel] = readStat('self').times;
    return (children! + childrenInKernel!) / TICKS_PER_SECOND;
  } catch {
    return null;
  }
}

function readProcesses(): Map<number, Usage> | null {
  try {
    const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
    return new Map(pids.flatMap((pid) => readProcess(pid)));
  } catch {
    return null;
  }
}

function readProcess(pid: string): [number, Usage][] {
  try {
    const { parent, times } = readStat(pid);
    return [[Number(pid), { parent, ticks: times.reduce((sum, time) => sum + time, 0) }]];
  } catch {
    // The process has ended.
    return [];
  }
}

/** `/proc/PID/stat`: after the name in parentheses come state, parent, …, and utime, stime, cutime, cstime. */
function readStat(pid: string): { parent: number; times: number[] } {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return { parent: Number(fields[1]), times: fields.slice(11, 15).map(Number) };
}
