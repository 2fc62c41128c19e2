/** By how much the number of stretches that begin at a second, less those that end there, differs. */
export type Boundaries = Map<number, number>;

const NONE: number[] = [];

/**
 * Where one `int4multirange`, in PostgreSQL's text form, rises and falls in comparison with another one. Usually a beat
 * makes a stretch longer: one second falls, another one rises.
 */
export function boundariesBetween(before: string, after: string): Boundaries {
  const boundaries: Boundaries = new Map();
  if (before === after) return boundaries;
  const from = firstDifference(before, after);
  add(boundaries, after.slice(from), 1);
  add(boundaries, before.slice(from), -1);
  return boundaries;
}

/** The seconds with that sign; one as often as it differs. */
export function secondsOf(boundaries: Boundaries, sign: 1 | -1): number[] {
  if (boundaries.size === 0) return NONE;
  const seconds: number[] = [];
  for (const [second, difference] of boundaries) {
    for (let times = difference * sign; times > 0; times -= 1) seconds.push(second);
  }
  return seconds.sort((one, other) => one - other);
}

/** Where the first stretch begins that is not the same in both. */
function firstDifference(one: string, other: string): number {
  let index = 0;
  while (index < one.length && one[index] === other[index]) index += 1;
  return Math.max(0, one.lastIndexOf('[', index - 1));
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
