const PREFIX = 'progress-player:';

/** Undefined in pages that are not secure (plain http, not localhost). */
const locks = () => (navigator as { locks?: LockManager }).locks;

const sessionLock = (session: string) => `${PREFIX}session:${session}`;

/** Holds a session's sign of life until the returned function is called, or the page is gone. */
export function holdSession(session: string): () => void {
  let release!: () => void;
  const held = new Promise<void>((resolve) => (release = resolve));
  void locks()?.request(sessionLock(session), () => held);
  return release;
}

/** Tells whether a session's page is still there; undefined where that cannot be known. */
export async function findPages(): Promise<((session: string) => boolean) | undefined> {
  const state = await locks()?.query();
  const names = state?.held!.concat(state.pending!).map(({ name }) => name);
  return names && ((session) => names.includes(sessionLock(session)));
}

/**
 * Does the work if no other tab of this learner does its own.
 *
 * @param steal takes over from a tab that is frozen. When that goes on, it repeats what was sent since, which is harmless.
 * @returns whether it was done
 */
export async function takeTurn(
  userId: string,
  steal: boolean,
  work: () => Promise<void>,
): Promise<boolean> {
  const take = async (lock: unknown) => {
    if (lock) await work();
    return !!lock;
  };
  const options: LockOptions = steal ? { steal } : { ifAvailable: true };
  return (await locks()?.request(`${PREFIX}send:${userId}`, options, take)) ?? take(true);
}
