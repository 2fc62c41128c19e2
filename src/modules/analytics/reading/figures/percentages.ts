/** A part of a whole, 0 to 100, to two decimals; null when the whole is empty, or has fewer than `minimum`. */
export function percentOf(part: number, whole: number, minimum = 1): number | null {
  return whole <= 0 || whole < minimum ? null : toTwoDecimals((100 * part) / whole);
}

export const toTwoDecimals = (value: number): number => Math.round(value * 100) / 100;
