import { oldestAsOf } from '../api/live.ts';
import { timeOfDay } from '../format/days.ts';
import { text } from '../i18n/text.ts';
import { ticking } from '../session/clock.ts';

/** Figures are asked for every 15 s: older ones mean that something is away, or behind. */
const STALE_MS = 60_000;

const isStale = (asOf: string): boolean => ticking.value - Date.parse(asOf) > STALE_MS;

const words = (asOf: string): string => text('freshness.asOf', { time: timeOfDay(asOf) });

/** Of which moment the page is. */
export function Freshness() {
  const asOf = oldestAsOf.value;
  if (asOf === null) return null;
  return <span class={isStale(asOf) ? 'freshness stale' : 'freshness'}>{words(asOf)}</span>;
}

/** Says so where a panel is behind. */
export function Stale({ asOf }: { asOf: string }) {
  return isStale(asOf) ? <span class="freshness stale">{words(asOf)}</span> : null;
}
