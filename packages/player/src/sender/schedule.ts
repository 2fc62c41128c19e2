import { takeTurn } from '../tabs/locks.js';
import type { Wait } from './settle.js';

/** When another tab has its turn, this one looks again so often: about every two seconds, not all at once. */
const LOOK_AGAIN_MS = 2_000;
/** A tab that has its turn and sends nothing for so long is frozen. */
const SILENCE_MS = 60_000;
const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 60_000;

/** Decides when this tab has a turn of sending. All times are milliseconds. */
export interface Schedule {
  /** A turn in that time at the latest, unless something is waited for. */
  within(milliseconds: number): void;
  /** The same, and nothing is waited for any more. */
  anew(milliseconds: number): void;
  /** A turn now. @returns once it is over */
  now(): Promise<void>;
  /** Something is to be sent again. */
  again(wait: Wait): void;
  /** Another tab sends. @param waitMs it does not, for so long */
  heard(waitMs?: number): void;
  stop(): void;
}

export function createSchedule(
  userId: string,
  send: () => Promise<Wait | undefined>,
  tellWait: (waitMs: number) => void,
): Schedule {
  const clock = () => performance.now();
  /** Partly random: all players at once would be too many. */
  const about = (milliseconds: number) => milliseconds * (1 + Math.random() / 4);
  let timer: ReturnType<typeof setTimeout> | undefined;
  let dueAt = Infinity;
  let notBefore = 0;
  let nextWait = FIRST_WAIT_MS;
  /** Since when another tab has its turn, and nothing was heard of it; 0 when none has. */
  let silentSince = 0;
  let current = Promise.resolve();

  const within = (milliseconds: number) => {
    const now = clock();
    const at = Math.max(now + milliseconds, notBefore);
    if (at >= dueAt) return;
    clearTimeout(timer);
    dueAt = at;
    timer = setTimeout(() => void turn(), at - now);
  };
  const again = (asked: Wait) => {
    const waitMs = about(asked > 0 ? asked : nextWait);
    if (asked <= 0) nextWait = Math.min(nextWait * 2, LONGEST_WAIT_MS);
    notBefore = clock() + waitMs;
    tellWait(waitMs);
    within(waitMs);
  };
  const take = async () => {
    // Another tab may have been told meanwhile to wait.
    if (clock() < notBefore) return within(0);
    const steal = silentSince > 0 && clock() - silentSince > SILENCE_MS;
    let wait: Wait | undefined;
    const isDone = await takeTurn(userId, steal, async () => {
      wait = await send();
    }).catch(() => true);
    silentSince = isDone ? 0 : silentSince || clock();
    if (!isDone) within(about(LOOK_AGAIN_MS));
    else if (wait === undefined) nextWait = FIRST_WAIT_MS;
    else again(wait);
  };
  /** One after the other: what came during a turn is not lost to it. */
  const turn = () => {
    clearTimeout(timer);
    dueAt = Infinity;
    return (current = current.then(take));
  };
  const anew = (milliseconds: number) => {
    nextWait = FIRST_WAIT_MS;
    notBefore = 0;
    within(milliseconds);
  };
  return {
    within,
    anew,
    again,
    now() {
      anew(Infinity);
      return turn();
    },
    heard(waitMs) {
      silentSince &&= clock();
      if (waitMs) notBefore = clock() + waitMs;
    },
    stop() {
      clearTimeout(timer);
      dueAt = -Infinity;
    },
  };
}
