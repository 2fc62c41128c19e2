import { z } from 'zod';

const truth = z
  .enum(['true', 'false', '1', '0', ''])
  .transform((value) => value === 'true' || value === '1');

/** `true`, `false`, `1` or `0`. */
export const flag = (fallback: boolean) => truth.default(fallback);

const within =
  (what: string, isOne: (value: number) => boolean) =>
  (fallback: number, minimum: number, maximum: number) =>
    z
      .string()
      .transform((text) => (text.trim() === '' ? NaN : Number(text)))
      .refine(
        (value) => isOne(value) && value >= minimum && value <= maximum,
        `${what} from ${minimum} to ${maximum}`,
      )
      .default(fallback);

/** A whole number in a range that includes both its ends. */
export const integer = within('a whole number', Number.isInteger);

/** A number in such a range. */
export const decimal = within('a number', Number.isFinite);

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

/** A URL of one of these protocols (`https:`), with a host. */
export function isUrlOf(protocols: readonly string[], text: string): boolean {
  if (!URL.canParse(text)) return false;
  const url = new URL(text);
  return protocols.includes(url.protocol) && url.hostname !== '';
}
