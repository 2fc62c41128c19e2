import { oldestAsOf } from '../api/live.ts';
import { momentLong, timeOfDay } from '../format/days.ts';
import { text } from '../i18n/text.ts';
import { ticking } from '../session/clock.ts';

/** Figures are asked for every 15 s: older ones mean that something is away, or behind. */
const STALE_MS = 60_000;

const isStale = (asOf: string): boolean => ticking.value - Date.parse(asOf) > STALE_MS;

/** The time on the reader's clock; on pointing at it, with day and zone. */
function Moment({ asOf }: { asOf: string }) {
  return (
    <time
      class={isStale(asOf) ? 'freshness stale' : 'freshness'}
      dateTime={asOf}
      title={momentLong(asOf)}
    >
      {text('freshness.asOf', { time: timeOfDay(asOf) })}
    </time>
  );
}

/** Of which moment the page is. */
export function Freshness() {
  const asOf = oldestAsOf.value;
  return asOf === null ? null : <Moment asOf={asOf} />;
}

/** Says so where a panel is behind. */
export function Stale({ asOf }: { asOf: string }) {
  return isStale(asOf) ? <Moment asOf={asOf} /> : null;
}
