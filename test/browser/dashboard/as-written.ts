import { expect } from 'vitest';
import type { Value } from './read-page.ts';

const CHANGE = new Intl.NumberFormat('en-GB', {
  ...{ style: 'percent', maximumFractionDigits: 0, signDisplay: 'exceptZero' },
});

/** Matches how the page says that a figure has changed. */
export const changeOf = (now: number, before: number): unknown =>
  now === before
    ? expect.stringMatching(/^as in|^the same|^unchanged without today/)
    : expect.stringContaining(`${CHANGE.format(now / before - 1)} `);

/** As the page writes it: `Fri, 27 November 2026`. */
export const dayOf = (at: Date): string =>
  at.toLocaleDateString('en-GB', {
    ...{ timeZone: 'UTC', weekday: 'short', day: 'numeric', month: 'long', year: 'numeric' },
  });

/** `23 Feb 2026`, of `2026-02-23` or the beginning of an interval. */
export const mediumOf = (days: Value | undefined): string =>
  new Date(String(days).slice(0, 10)).toLocaleDateString('en-GB', {
    ...{ timeZone: 'UTC', day: 'numeric', month: 'short', year: 'numeric' },
  });

/** As in a player: `8:05`. */
export const position = (seconds: number): string =>
  `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;

export function secondOf(written: string): number {
  const [minutes, seconds] = written.split(':').map(Number);
  return minutes! * 60 + seconds!;
}
