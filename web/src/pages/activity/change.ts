import { change } from '../../format/numbers.ts';
import { text } from '../../i18n/text.ts';

interface Compared {
  before: number | null;
  /** Without today, which is not over. */
  now: number | null;
}

interface Change extends Compared {
  /** The figure that stands above, with today. */
  shown: number | null;
  write(value: number): string;
}

/** What grew by more is told by what it was: nobody can picture 26,400 %. */
const TIMES_MAXIMUM = 10;

/** Whether there was something from which it changed. */
export const isChange = ({ before, now }: Compared): boolean =>
  before !== null && before > 0 && now !== null;

/**
 * How a figure changed, in words. From nothing, there is no percentage; and what is equal without today may differ from
 * what is shown.
 * @param daysAgo when the other figure was of; null where it is of the period before
 */
export function changeOver({ before, now, shown, write }: Change, daysAgo: number | null): string {
  const isPeriod = daysAgo === null;
  const ago = isPeriod ? '' : text('ago.days', { count: daysAgo });
  if (before === null || now === null) {
    return isPeriod ? text('change.unknown') : text('change.unknownAgo', { ago });
  }
  if (before === shown && (before === 0 || before === now)) {
    return isPeriod ? text('change.none') : text('change.noneAgo', { ago });
  }
  if (before === 0) {
    return isPeriod ? text('change.fromNothing') : text('change.fromNothingAgo', { ago });
  }
  if (before === now) return text('change.noneWhole');
  if (now > before * TIMES_MAXIMUM) {
    const values = { before: write(before), ago };
    return text(isPeriod ? 'change.from' : 'change.fromAgo', values);
  }
  const by = change(now / before - 1);
  return isPeriod ? text('change.by', { change: by }) : text('change.byAgo', { change: by, ago });
}
