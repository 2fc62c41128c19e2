import { oldestAsOf } from '../api/live.ts';
import { away } from '../api/reach.ts';
import { timeOfDay } from '../format/days.ts';
import { text } from '../i18n/text.ts';

/** Says that nothing can be asked for now, and of when the figures on the page are. Always there, so that it is read out. */
export function AwayLine() {
  return (
    <div class="away" role="status">
      {away.value !== null && <p class="inner">{words()}</p>}
    </div>
  );
}

function words(): string {
  const asOf = oldestAsOf.value;
  return [
    text(away.value === 'network' ? 'away.network' : 'away.service'),
    ...(asOf === null ? [] : [text('away.figures', { time: timeOfDay(asOf) })]),
    text('away.again'),
  ].join(' ');
}
