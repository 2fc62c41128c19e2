/** At which seconds the numbers of learners change, and by how much; in no order. */
export interface Boundaries {
  readonly seconds: readonly number[];
  readonly seen: readonly number[];
  readonly again: readonly number[];
}

/** For each second of a lesson, how many learners saw it, and how many saw it at least twice. */
export interface CountsBySecond {
  readonly seen: Int32Array;
  readonly again: Int32Array;
}

/** How long a lesson of unknown length is: it ends where nobody saw more, or later than these first seconds. */
export function lengthSeen({ seconds, seen }: Boundaries, firstSeconds: number): number {
  const goesOn = seen.reduce((sum, moved) => sum + moved, 0) > 0;
  if (goesOn) return firstSeconds;
  return seconds.reduce(
    (last, second, index) => (seen[index] === 0 ? last : Math.max(last, second)),
    0,
  );
}

/** Sums the boundaries up. Seconds beyond the lesson's present length are left out. */
export function countsBySecond(
  { seconds, seen, again }: Boundaries,
  durationSeconds: number,
): CountsBySecond {
  return {
    seen: running(seconds, seen, durationSeconds),
    again: running(seconds, again, durationSeconds),
  };
}

function running(seconds: readonly number[], moves: readonly number[], length: number): Int32Array {
  const counts = new Int32Array(length);
  for (const [index, second] of seconds.entries()) {
    if (second < length) counts[second]! += moves[index]!;
  }
  for (let second = 1; second < length; second += 1) counts[second]! += counts[second - 1]!;
  return counts;
}
