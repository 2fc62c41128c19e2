import { change } from '../../format/numbers.ts';
import { text } from '../../i18n/text.ts';

interface Change {
  before: number | null;
  now: number | null;
  write(value: number): string;
}

/** What grew by more is told by what it was: nobody can picture 26,400 %. */
const TIMES_MAXIMUM = 10;

/**
 * How a figure changed, in words. From nothing, there is no percentage.
 * @param daysAgo when the other figure was of; null where it is of the period before
 */
export function changeOver({ before, now, write }: Change, daysAgo: number | null): string {
  const isPeriod = daysAgo === null;
  const ago = isPeriod ? '' : text('ago.days', { count: daysAgo });
  if (before === null || now === null) {
    return isPeriod ? text('change.unknown') : text('change.unknownAgo', { ago });
  }
  if (before === now) return isPeriod ? text('change.none') : text('change.noneAgo', { ago });
  if (before === 0) {
    return isPeriod ? text('change.fromNothing') : text('change.fromNothingAgo', { ago });
  }
  if (now > before * TIMES_MAXIMUM) {
    const values = { before: write(before), ago };
    return text(isPeriod ? 'change.from' : 'change.fromAgo', values);
  }
  const by = change(now / before - 1);
  return isPeriod ? text('change.by', { change: by }) : text('change.byAgo', { change: by, ago });
}
