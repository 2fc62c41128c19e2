import { max } from 'd3-array';
import { dayShort } from '../format/days.ts';
import { endOf, Heights, leftOf, MARGIN, Times } from './axis.tsx';
import { dayTicks } from './day-ticks.ts';
import { Readout } from './readout.tsx';
import { heights, linear } from './scale.ts';
import { useCursor } from './use-cursor.ts';
import { useWidth } from './use-width.ts';

export interface DayValue {
  day: string;
  /** Null where it is not known. */
  value: number | null;
  /** It is not over: what is known of it is only a part. */
  isPartial: boolean;
}

interface BarsProps {
  label: string;
  values: readonly DayValue[];
  height: number;
  /** What round figures are round in: minutes are so in 60 seconds. */
  unit?: number;
  write(value: number): string;
  /** What a day says. */
  say(value: DayValue): string;
}

/** Free space between bars, as a share of their distance. */
const GAP = 0.25;

/** One bar a day. One of which nothing is known is a low grey one, one that is not over is pale with a dashed edge. */
export function Bars({ label, values, height, unit = 1, write, say }: BarsProps) {
  const { ref, width } = useWidth();
  const bottom = height - MARGIN.bottom;
  const y = heights(max(values, ({ value }) => value) ?? 0, [bottom, MARGIN.top], unit);
  const left = leftOf(y, write);
  const x = linear([0, values.length], [left, endOf(width, left, dayShort(values.at(-1)!.day))]);
  const gap = (x(1) - x(0)) * GAP;
  const { index, properties } = useCursor({
    count: values.length,
    at: (pixel) => Math.floor(x.invert(pixel)),
    say: (at) => say(values[at]!),
    label,
    page: 7,
  });

  return (
    <div class="chart">
      <Readout>{index === null ? null : say(values[index]!)}</Readout>
      <div ref={ref} {...properties}>
        <svg width={width} height={height} aria-hidden="true">
          <Heights scale={y} left={left} right={x(values.length)} write={write} />
          {width > 0 &&
            values.map(({ value, isPartial }, at) => (
              <rect
                class={`bar ${kindOf(value, isPartial)}${at === index ? ' current' : ''}`}
                x={x(at) + gap / 2}
                y={value === null ? bottom - 3 : y(value)}
                width={x(1) - x(0) - gap}
                height={value === null ? 3 : bottom - y(value)}
              />
            ))}
          <Times
            ticks={dayTicks(
              values.map(({ day }) => day),
              (at) => x(at + 0.5),
            )}
            y={bottom}
          />
        </svg>
      </div>
    </div>
  );
}

function kindOf(value: number | null, isPartial: boolean): string {
  if (value === null) return 'unknown';
  return isPartial ? 'partial' : '';
}
