import { dayTicks } from '../../charts/day-ticks.ts';
import { labelWidth } from '../../charts/label-width.ts';
import { Readout } from '../../charts/readout.tsx';
import { useCursor } from '../../charts/use-cursor.ts';
import { useWidth } from '../../charts/use-width.ts';
import { dayLong, weekday, weekdayInitial } from '../../format/days.ts';
import { duration } from '../../format/numbers.ts';
import { text } from '../../i18n/text.ts';
import { CalendarLegend } from './calendar-legend.tsx';
import { layOut, TOP } from './calendar-layout.ts';
import { STEPS, stepsOf } from './calendar-steps.ts';

export interface CalendarDay {
  day: string;
  /** Null where nothing is known of the day. */
  seconds: number | null;
  lessons: number;
}

interface CalendarProps {
  label: string;
  days: readonly CalendarDay[];
}

/** Pixels from the name of a month to the next one. */
const BESIDE = 6;
/** Monday, Wednesday, Friday. */
const NAMED_ROWS = [0, 2, 4];

/** A year of days, week beside week; on a narrow screen in parts, one below the other. */
export function Calendar({ label, days }: CalendarProps) {
  const { ref, width } = useWidth();
  const offset = weekday(days[0]!.day);
  const { cell, height, parts, placeOf, placeOfWeek, at } = layOut(days.length, offset, width);
  const say = (index: number) => {
    const { day, seconds } = days[index]!;
    return seconds === null
      ? text('days.unknown', { day: dayLong(day) })
      : `${dayLong(day)}: ${duration(seconds)}`;
  };
  const { index, properties } = useCursor({ count: days.length, at, say, label, page: 7 });
  const steps = stepsOf(days);
  const months = dayTicks(
    days.map(({ day }) => day),
    (one) => Math.floor((one + offset) / 7) * cell,
  )
    .map(({ x, label }) => ({ ...placeOfWeek(x / cell), label }))
    .filter(({ x, y, label }, index, all) => {
      // Names stand to the right of their places: a long one may reach the next month's.
      const before = all[index - 1];
      const isTaken = before?.y === y && x < before.x + labelWidth(before.label) + BESIDE;
      return x + labelWidth(label) <= width && !isTaken;
    });

  return (
    <div class="chart">
      <Readout>
        {index === null ? (
          <CalendarLegend hasUnknown={days[0]!.seconds === null} steps={STEPS} />
        ) : (
          say(index)
        )}
      </Readout>
      <div ref={ref} {...properties}>
        <svg width={width} height={height} aria-hidden="true">
          {width > 0 &&
            days.map((one, place) => (
              <rect
                class={`day ${kindOf(one, steps)}${place === index ? ' current' : ''}`}
                {...placeOf(place)}
                width={cell - 2}
                height={cell - 2}
                rx={2}
              />
            ))}
          {months.map(({ x, y, label }) => (
            <text class="month" x={x} y={y + 12}>
              {label}
            </text>
          ))}
          {Array.from({ length: parts }, (_, part) =>
            NAMED_ROWS.map((row) => (
              <text class="month" y={(part * height) / parts + TOP + (row + 0.5) * cell + 3}>
                {weekdayInitial(days[(row + 7 - offset) % 7]!.day)}
              </text>
            )),
          )}
        </svg>
      </div>
    </div>
  );
}

function kindOf({ seconds, lessons }: CalendarDay, steps: readonly number[]): string {
  if (seconds === null) return 'unknown';
  const step = steps.filter((from) => seconds >= from).length;
  return `step-${step === 0 && lessons > 0 ? 1 : step}`;
}
