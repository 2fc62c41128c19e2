import type { Bin } from '../../charts/histogram.tsx';

/** Days a bin may have. */
const SIZES = [1, 2, 7, 14, 28];
const BINS_MAXIMUM = 32;

/** Puts numbers of days into bins of one size: as small as leaves at most 32 of them. */
export function binsOf(rows: readonly { days: number; learners: number }[]): Bin[] {
  const end = Math.max(...rows.map(({ days }) => days)) + 1;
  const size = SIZES.find((one) => end / one <= BINS_MAXIMUM) ?? SIZES.at(-1)!;
  const bins = Array.from({ length: Math.ceil(end / size) }, (_, index) => ({
    from: index * size,
    to: (index + 1) * size - 1,
    count: 0,
  }));
  for (const { days, learners } of rows) bins[Math.floor(days / size)]!.count += learners;
  return bins;
}
