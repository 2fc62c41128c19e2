import { current } from '../i18n/language.ts';

const formats = new Map<string, Intl.NumberFormat>();

/** Digits are the Latin ones in all languages, so that columns align and figures can be compared. */
function format(value: number, name: string, options: Intl.NumberFormatOptions): string {
  const { locale } = current.value;
  const key = `${locale} ${name}`;
  const found = formats.get(key) ?? new Intl.NumberFormat(`${locale}-u-nu-latn`, options);
  formats.set(key, found);
  return found.format(value);
}

export const count = (value: number): string => format(value, 'count', {});

/** A share of 0 to 100: a whole figure, but near the ends, where it would say that there is nothing, or nothing left. */
export function percent(value: number): string {
  const maximumFractionDigits = value < 10 || value > 99 ? 1 : 0;
  const options = { style: 'percent', maximumFractionDigits } as const;
  return format(value / 100, `percent ${maximumFractionDigits}`, options);
}

/** With its sign: what was gained or lost. */
export const change = (value: number): string =>
  format(value, 'change', {
    style: 'percent',
    maximumFractionDigits: 0,
    signDisplay: 'exceptZero',
  });

/** As short as an axis needs it. */
export const short = (value: number): string =>
  format(value, 'short', { notation: 'compact', maximumFractionDigits: 1 });

type Width = 'narrow' | 'short' | 'long';

const unit = (
  value: number,
  name: 'hour' | 'minute' | 'second' | 'day',
  unitDisplay: Width,
  digits = 0,
): string =>
  format(value, `${name} ${unitDisplay} ${digits}`, {
    ...{ style: 'unit', unit: name, unitDisplay, maximumFractionDigits: digits },
  });

export const days = (value: number): string => unit(value, 'day', 'long');

/** Seconds of media, as people say it: hours, or minutes if it is less than one. */
export function duration(seconds: number, width: Width = 'short'): string {
  if (seconds < 60) return unit(seconds, 'second', width);
  if (seconds < 3_600) return unit(seconds / 60, 'minute', width);
  return unit(seconds / 3_600, 'hour', width, seconds < 360_000 ? 1 : 0);
}

/** The same, as short as an axis needs it. */
export const durationShort = (seconds: number): string =>
  seconds === 0 ? count(0) : duration(seconds, 'narrow');

/** In how many seconds the axis of these times is round. */
export const durationUnit = (seconds: readonly (number | null)[]): number =>
  Math.max(0, ...seconds.map((one) => one ?? 0)) < 7_200 ? 60 : 3_600;

/** A place in a film: 4:10, or 1:04:10. */
export function position(second: number): string {
  const two = (value: number) => String(value).padStart(2, '0');
  const [hours, minutes, seconds] = clock(second);
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds)}` : `${minutes}:${two(seconds)}`;
}

/** The same within a sentence. In French, 4:10 would be a time of day. */
export function place(second: number): string {
  if (current.value.language !== 'fr') return position(second);
  const names = ['hour', 'minute', 'second'] as const;
  const parts = clock(second).map((value, at) =>
    value > 0 ? unit(value, names[at]!, 'short') : '',
  );
  return parts.filter(Boolean).join('\u00a0') || unit(0, 'second', 'short');
}

const clock = (second: number): [hours: number, minutes: number, seconds: number] => [
  Math.floor(second / 3_600),
  Math.floor((second % 3_600) / 60),
  Math.floor(second % 60),
];
