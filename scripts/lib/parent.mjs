const LOOK_EVERY_MS = 500;

/**
 * Calls back when npm, or the script that started this one for npm, is gone without having told us (SIGKILL).
 * Started in another way, this process may well outlive its parent: `node scripts/start.mjs &` in a shell.
 */
export function whenParentEnds(then) {
  if (!process.env.npm_lifecycle_event) return;
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    then();
  }, LOOK_EVERY_MS);
  timer.unref();
}
