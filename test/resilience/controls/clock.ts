import { readFileSync, writeFileSync } from 'node:fs';

const SIGNAL = 'SIGUSR2';

/**
 * Makes this process's wall clock follow a file with milliseconds to add, which is read at each SIGUSR2. The monotonic clock
 * (`performance.now()`, timers) stays, as it does when a real clock is set. What was read is confirmed in a file beside it.
 */
export function followClock(file: string): void {
  const Real = Date;
  let ahead = 0;
  const now = () => Real.now() + ahead;
  globalThis.Date = new Proxy(Real, {
    get: (target, key, receiver): unknown =>
      key === 'now' ? now : Reflect.get(target, key, receiver),
    construct: (target, given: [], newTarget) =>
      Reflect.construct(target, given.length === 0 ? [now()] : given, newTarget) as Date,
    apply: () => new Real(now()).toString(),
  });
  process.on(SIGNAL, () => {
    ahead = Number(readFileSync(file, 'utf8'));
    writeFileSync(`${file}-set`, String(ahead));
  });
}
