const PREFIX = 'progress-player:';

/** Undefined in pages that are not secure (plain http, not localhost). */
const locks = (): LockManager | undefined => globalThis.navigator?.locks;

const sessionLock = (session: string) => `${PREFIX}session:${session}`;

/** Holds a session's sign of life until the returned function is called, or the page is gone. */
export function holdSession(session: string): () => void {
  let release = () => {};
  const held = new Promise<void>((resolve) => (release = resolve));
  void locks()
    ?.request(sessionLock(session), () => held)
    .catch(() => {});
  return release;
}

/** Whether a session's page is still there; undefined where that cannot be known. */
export async function findSessions(): Promise<((session: string) => boolean) | undefined> {
  const state = await locks()?.query();
  if (!state) return undefined;
  const names = new Set([...state.held!, ...state.pending!].map(({ name }) => name));
  return (session) => names.has(sessionLock(session));
}

/** One turn of sending for a learner, while no other tab has its own. */
export interface Turn {
  /** False once another tab took over, since this one said nothing for too long. */
  isMine: boolean;
}

/**
 * Does the work if no other tab of this learner does its own.
 *
 * @param steal takes over from a tab that is frozen
 * @returns whether it was done
 */
export async function takeTurn(
  userId: string,
  steal: boolean,
  work: (turn: Turn) => Promise<void>,
): Promise<boolean> {
  const turn: Turn = { isMine: true };
  const manager = locks();
  if (!manager) {
    await work(turn);
    return true;
  }
  const options: LockOptions = steal ? { steal } : { ifAvailable: true };
  try {
    return await manager.request(`${PREFIX}send:${userId}`, options, async (lock) => {
      if (lock) await work(turn);
      return lock !== null;
    });
  } finally {
    turn.isMine = false;
  }
}
