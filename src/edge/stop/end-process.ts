import { setTimeout as sleep } from 'node:timers/promises';

/** Work that a thread of Node's pool does: files, names, and nothing that lasts in a process that has closed. */
const WORK_OF_A_THREAD = /^(FSReq|GetAddrInfoReq|GetNameInfoReq)/;
/** Long enough for a write that is about to end. */
const LAST_CHANCE_MS = 100;

/**
 * Ends the process, whatever holds it. `process.exit` waits for threads: one that looks up a name where no name server
 * answers keeps it for ten seconds, one that opens a file on a disk that hangs for ever. Such threads end when the
 * process becomes another program. (A signal does not do: the first process of a container ignores its own.)
 */
export async function endProcess(code: number): Promise<never> {
  if (threadIsBusy()) await sleep(LAST_CHANCE_MS);
  if (threadIsBusy() && process.execve) {
    process.emit('exit', code);
    process.execve(process.execPath, [process.execPath, '-e', `process.exit(${code})`], {});
  }
  process.exit(code);
}

const threadIsBusy = (): boolean =>
  process.getActiveResourcesInfo().some((name) => WORK_OF_A_THREAD.test(name));
