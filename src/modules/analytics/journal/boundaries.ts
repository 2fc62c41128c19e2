/** By how much the number of stretches that begin at a second, less those that end there, differs. */
export type Boundaries = Map<number, number>;

/**
 * Where one `int4multirange`, in PostgreSQL's text form, rises and falls in comparison with another one. Usually a beat
 * makes a stretch longer: one second falls, another one rises.
 */
export function boundariesBetween(before: string, after: string): Boundaries {
  const boundaries: Boundaries = new Map();
  if (before === after) return boundaries;
  add(boundaries, after, 1);
  add(boundaries, before, -1);
  return boundaries;
}

/** The seconds with that sign; one as often as it differs. */
export function secondsOf(boundaries: Boundaries, sign: 1 | -1): number[] {
  const seconds: number[] = [];
  for (const [second, difference] of boundaries) {
    for (let times = difference * sign; times > 0; times -= 1) seconds.push(second);
  }
  return seconds.sort((one, other) => one - other);
}

function add(boundaries: Boundaries, ranges: string, sign: 1 | -1): void {
  let isStart = true;
  for (const [digits] of ranges.matchAll(/\d+/g)) {
    const second = Number(digits);
    const difference = (boundaries.get(second) ?? 0) + (isStart ? sign : -sign);
    if (difference === 0) boundaries.delete(second);
    else boundaries.set(second, difference);
    isStart = !isStart;
  }
}
