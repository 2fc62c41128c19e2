import { dayLong, monthShort, weekday } from '../../format/days.ts';
import { duration } from '../../format/numbers.ts';
import { Readout } from '../../charts/readout.tsx';
import { useCursor } from '../../charts/use-cursor.ts';
import { useWidth } from '../../charts/use-width.ts';

interface CalendarProps {
  label: string;
  days: readonly { day: string; seconds: number; lessons: number }[];
}

const CELL_MINIMUM = 9;
const CELL_MAXIMUM = 18;
const TOP = 20;
/** From how many seconds on a day has which colour. */
const STEPS = [1, 300, 1_200, 2_400, 3_600];

/** A year of days, week beside week. On a narrow screen it shows the weeks that fit, up to now. */
export function Calendar({ label, days }: CalendarProps) {
  const { ref, width } = useWidth();
  const offset = weekday(days[0]!.day);
  const weeks = Math.ceil((days.length + offset) / 7);
  const cell = Math.min(CELL_MAXIMUM, Math.max(CELL_MINIMUM, Math.floor(width / weeks)));
  const hidden = Math.max(0, weeks - Math.floor(width / cell));
  const column = (index: number) => Math.floor((index + offset) / 7) - hidden;
  const first = Math.max(0, hidden * 7 - offset);
  const say = (index: number) => `${dayLong(days[index]!.day)}: ${duration(days[index]!.seconds)}`;
  const { index, properties } = useCursor({
    count: days.length,
    at: (x, y) => {
      const row = Math.min(6, Math.max(0, Math.floor((y - TOP) / cell)));
      return (Math.floor(x / cell) + hidden) * 7 + row - offset;
    },
    say,
    label,
    page: 7,
  });

  return (
    <div class="chart">
      <Readout>{index === null ? null : say(index)}</Readout>
      <div ref={ref} {...properties}>
        <svg width={width} height={TOP + 7 * cell} aria-hidden="true">
          {width > 0 &&
            days.slice(first).map(({ day, seconds, lessons }, at) => {
              const place = at + first;
              return (
                <rect
                  class={`day step-${stepOf(seconds, lessons)}${place === index ? ' current' : ''}`}
                  x={column(place) * cell}
                  y={TOP + weekday(day) * cell}
                  width={cell - 2}
                  height={cell - 2}
                  rx={2}
                />
              );
            })}
          {days.map(
            ({ day }, at) =>
              day.endsWith('-01') &&
              column(at) >= 0 && (
                <text class="month" x={column(at) * cell} y={12}>
                  {monthShort(day)}
                </text>
              ),
          )}
        </svg>
      </div>
    </div>
  );
}

function stepOf(seconds: number, lessons: number): number {
  const step = STEPS.filter((from) => seconds >= from).length;
  return step === 0 && lessons > 0 ? 1 : step;
}
