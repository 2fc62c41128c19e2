/** Steps that people count time by, in seconds. */
const STEPS = [5, 10, 15, 30, 60, 120, 300, 600, 900, 1_800, 3_600];
const TICK_PIXELS = 76;

/** At which seconds of a film there is a label: as many as there is space for. */
export function timeTicks(duration: number, width: number): number[] {
  const most = Math.max(1, Math.floor(width / TICK_PIXELS));
  const step = STEPS.find((one) => duration / one <= most) ?? duration;
  return Array.from({ length: Math.floor(duration / step) + 1 }, (_, index) => index * step);
}
