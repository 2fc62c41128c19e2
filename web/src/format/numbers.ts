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

/** A share of 0 to 100. */
export const percent = (value: number): string =>
  format(value / 100, 'percent', { style: 'percent', maximumFractionDigits: 1 });

/** The same without a fraction: of few, it would say more than is known. */
export const wholePercent = (value: number): string =>
  format(value / 100, 'wholePercent', { style: 'percent', maximumFractionDigits: 0 });

export const ratio = (value: number): string =>
  format(value, 'ratio', { maximumFractionDigits: 2 });

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
  const two = (value: number) => String(Math.floor(value)).padStart(2, '0');
  const hours = Math.floor(second / 3_600);
  const minutes = Math.floor((second % 3_600) / 60);
  return hours > 0
    ? `${hours}:${two(minutes)}:${two(second % 60)}`
    : `${minutes}:${two(second % 60)}`;
}
