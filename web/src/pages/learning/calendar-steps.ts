/** How many colours there are, beside that of a day without any activity. */
export const STEPS = 5;

/**
 * From how many seconds on a day has which colour. Each colour is of a fifth of this person's own days: those who learn
 * ten minutes a day see which days were longer, as do those who learn two hours.
 */
export function stepsOf(days: readonly { seconds: number | null }[]): number[] {
  const active = days
    .map(({ seconds }) => seconds ?? 0)
    .filter((seconds) => seconds > 0)
    .sort((one, other) => one - other);
  return Array.from(
    { length: STEPS },
    (_, step) => active[Math.floor((step * active.length) / STEPS)] ?? Infinity,
  );
}
