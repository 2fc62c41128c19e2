import { max } from 'd3-array';
import { dayTicks, Heights, MARGIN, Times } from './axis.tsx';
import { Readout } from './readout.tsx';
import { heights, linear } from './scale.ts';
import { useCursor } from './use-cursor.ts';
import { useWidth } from './use-width.ts';

export interface DayValue {
  day: string;
  /** Null where it is not known. */
  value: number | null;
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

/** One bar a day. Days of which nothing is known are hatched. */
export function Bars({ label, values, height, unit = 1, write, say }: BarsProps) {
  const { ref, width } = useWidth();
  const bottom = height - MARGIN.bottom;
  const end = Math.max(MARGIN.left, width - MARGIN.right);
  const x = linear([0, values.length], [MARGIN.left, end]);
  const y = heights(max(values, ({ value }) => value) ?? 0, [bottom, MARGIN.top], unit);
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
          <Heights scale={y} width={width} write={write} />
          {width > 0 &&
            values.map(({ value }, at) => (
              <rect
                class={`bar${value === null ? ' unknown' : ''}${at === index ? ' current' : ''}`}
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
            width={width}
          />
        </svg>
      </div>
    </div>
  );
}
