/** The value that is not smaller than that share (0 to 1) of the values; 0 when there are none. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = ascending(values);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}

export function median(values: readonly number[]): number {
  return percentile(values, 0.5);
}

/** The mean of the lowest values, that share (0 to 1) of all; NaN when there are none. */
export function meanOfLowest(values: readonly number[], share: number): number {
  const lowest = ascending(values).slice(0, Math.ceil(values.length * share));
  return lowest.reduce((sum, value) => sum + value, 0) / lowest.length;
}

export function milliseconds(value: number): string {
  if (value === Infinity) return 'never';
  return value < 1_000 ? `${Math.round(value)} ms` : `${(value / 1_000).toFixed(1)} s`;
}

function ascending(values: readonly number[]): number[] {
  return [...values].sort((one, other) => one - other);
}
