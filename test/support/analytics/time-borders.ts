const DAY_MS = 86_400_000;
const QUARTER_MS = 900_000;

/** Midnights of the zone: of today, and of the days around those in the year before on which its clocks change. */
export function bordersOf(timeZone: string, now: number): number[] {
  const format = new Intl.DateTimeFormat('en-CA', {
    ...{ timeZone, dateStyle: 'short', timeStyle: 'medium', hourCycle: 'h23' },
  });
  const aheadOf = (at: number) => Date.parse(`${format.format(at).replace(', ', 'T')}Z`) - at;
  const first = Math.floor((now - 350 * DAY_MS) / QUARTER_MS) * QUARTER_MS;
  const changes: number[] = [];
  for (let at = first; at + DAY_MS < now; at += DAY_MS) {
    if (aheadOf(at) === aheadOf(at + DAY_MS)) continue;
    const midnight = Math.floor((at + aheadOf(at)) / DAY_MS) * DAY_MS - aheadOf(at);
    changes.push(midnight, midnight + DAY_MS, midnight + 2 * DAY_MS);
  }
  const today = Math.floor((now + aheadOf(now)) / DAY_MS) * DAY_MS - aheadOf(now);
  return [today, today - 7 * DAY_MS, today - 30 * DAY_MS, ...changes];
}
