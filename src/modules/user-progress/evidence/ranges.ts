/** Half-open ranges `[from, to)` of whole numbers: sorted, disjoint, and never touching each other. */
export type Ranges = readonly (readonly [from: number, to: number])[];

export const NOTHING: Ranges = [];

/** How many numbers the ranges hold. */
export function measure(ranges: Ranges): number {
  let total = 0;
  for (const [from, to] of ranges) total += to - from;
  return total;
}

/** The ranges with `[from, to)` added. */
export function union(ranges: Ranges, from: number, to: number): Ranges {
  if (from >= to) return ranges;
  const result: [number, number][] = [];
  let low = from;
  let high = to;
  let placed = false;
  for (const [start, end] of ranges) {
    if (end < low) {
      result.push([start, end]);
    } else if (start > high) {
      if (!placed) result.push([low, high]);
      placed = true;
      result.push([start, end]);
    } else {
      low = Math.min(low, start);
      high = Math.max(high, end);
    }
  }
  if (!placed) result.push([low, high]);
  return result;
}

/** The numbers that are in both. */
export function intersect(left: Ranges, right: Ranges): Ranges {
  const result: [number, number][] = [];
  let l = 0;
  let r = 0;
  while (l < left.length && r < right.length) {
    const [leftFrom, leftTo] = left[l]!;
    const [rightFrom, rightTo] = right[r]!;
    const from = Math.max(leftFrom, rightFrom);
    const to = Math.min(leftTo, rightTo);
    if (from < to) result.push([from, to]);
    if (leftTo < rightTo) l += 1;
    else r += 1;
  }
  return result;
}

/** The numbers of the first that are not in the second. */
export function subtract(ranges: Ranges, taken: Ranges): Ranges {
  const result: [number, number][] = [];
  let next = 0;
  for (const [from, to] of ranges) {
    let low = from;
    while (next < taken.length && taken[next]![1] <= low) next += 1;
    for (let index = next; index < taken.length && taken[index]![0] < to; index += 1) {
      const [takenFrom, takenTo] = taken[index]!;
      if (takenFrom > low) result.push([low, takenFrom]);
      low = Math.max(low, takenTo);
    }
    if (low < to) result.push([low, to]);
  }
  return result;
}

/** The largest number; -1 when there is none. */
export const highest = (ranges: Ranges): number => (ranges.at(-1)?.[1] ?? 0) - 1;

export function contains(ranges: Ranges, value: number): boolean {
  let low = 0;
  let high = ranges.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const [from, to] = ranges[middle]!;
    if (value < from) high = middle - 1;
    else if (value >= to) low = middle + 1;
    else return true;
  }
  return false;
}

/** Reads PostgreSQL's text form of an `int4multirange`: `{[0,10),[20,30)}`. */
export function parseMultirange(text: string): Ranges {
  const result: [number, number][] = [];
  for (const [, from, to] of text.matchAll(/\[(-?\d+),(-?\d+)\)/g)) {
    result.push([Number(from), Number(to)]);
  }
  return result;
}

/** Writes PostgreSQL's text form of an `int4multirange`. */
export function formatMultirange(ranges: Ranges): string {
  return `{${ranges.map(([from, to]) => `[${from},${to})`).join(',')}}`;
}
