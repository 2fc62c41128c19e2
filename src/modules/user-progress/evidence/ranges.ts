/** Half-open ranges `[from, to)` of whole numbers: sorted, disjoint, and never touching each other. */
export type Ranges = readonly (readonly [from: number, to: number])[];
/** Ranges that `grow` may change. */
export type GrowingRanges = (readonly [from: number, to: number])[];

export const NOTHING: Ranges = [];

/** How many numbers the ranges hold. */
export function measure(ranges: Ranges): number {
  let total = 0;
  for (const [from, to] of ranges) total += to - from;
  return total;
}

/** What adding `[from, to)` to ranges would change. It is computed first, so that a caller can decide against it. */
export interface Growth {
  /** So many ranges from this index on become one. */
  index: number;
  replaced: number;
  range: readonly [from: number, to: number];
  /** How many numbers would be added. */
  numbers: number;
  /** How many ranges more there would be: 1 at most, negative when gaps are filled. */
  fragments: number;
}

export function growthBy(ranges: Ranges, from: number, to: number): Growth {
  const index = firstReaching(ranges, from);
  let [low, high, numbers, next] = [from, to, to - from, index];
  for (; next < ranges.length && ranges[next]![0] <= to; next += 1) {
    const [start, end] = ranges[next]!;
    numbers -= Math.min(end, to) - Math.max(start, from);
    low = Math.min(low, start);
    high = Math.max(high, end);
  }
  if (numbers <= 0) return { index, replaced: 0, range: [low, high], numbers: 0, fragments: 0 };
  const replaced = next - index;
  return { index, replaced, range: [low, high], numbers, fragments: 1 - replaced };
}

/** Changes the ranges as computed. They must be the same as then. */
export function grow(ranges: GrowingRanges, { index, replaced, range, numbers }: Growth): void {
  if (numbers > 0) ranges.splice(index, replaced, range);
}

/** The ranges with `[from, to)` added. */
export function union(ranges: Ranges, from: number, to: number): Ranges {
  const growth = growthBy(ranges, from, to);
  if (growth.numbers === 0) return ranges;
  const result = [...ranges];
  grow(result, growth);
  return result;
}

/** The index of the first range that ends at the value or after it. */
function firstReaching(ranges: Ranges, value: number): number {
  let low = 0;
  let high = ranges.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (ranges[middle]![1] < value) low = middle + 1;
    else high = middle;
  }
  return low;
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
  // The first range with numbers after the value is the only one that may have it.
  const range = ranges[firstReaching(ranges, value + 1)];
  return range !== undefined && range[0] <= value;
}

/** Reads PostgreSQL's text form of an `int4multirange`: `{[0,10),[20,30)}`. */
export function parseMultirange(text: string): GrowingRanges {
  const result: GrowingRanges = [];
  for (let start = text.indexOf('['); start !== -1;) {
    const comma = text.indexOf(',', start);
    const end = text.indexOf(')', comma);
    result.push([Number(text.slice(start + 1, comma)), Number(text.slice(comma + 1, end))]);
    start = text.indexOf('[', end);
  }
  return result;
}

/** Writes PostgreSQL's text form of an `int4multirange`. */
export function formatMultirange(ranges: Ranges): string {
  return `{${ranges.map(([from, to]) => `[${from},${to})`).join(',')}}`;
}
