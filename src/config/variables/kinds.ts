import { z } from 'zod';

const truth = z
  .enum(['true', 'false', '1', '0', ''])
  .transform((value) => value === 'true' || value === '1');

/** `true`, `false`, `1` or `0`. */
export const flag = (fallback: boolean) => truth.default(fallback);

/** A whole number in a range that includes both its ends. */
export const integer = (fallback: number, minimum: number, maximum: number) =>
  z.coerce.number().int().min(minimum).max(maximum).default(fallback);

/** Texts, separated by commas. */
export const list = z
  .string()
  .default('')
  .transform((value) =>
    value
      .split(',')
      .map((entry) => entry.trim())
      .filter((entry) => entry !== ''),
  );
