import { max } from 'd3-array';
import { dayShort } from '../format/days.ts';
import { endOf, Heights, leftOf, MARGIN, Times } from './axis.tsx';
import { dayTicks } from './day-ticks.ts';
import { Legend, type Tone } from './legend.tsx';
import { pathOf } from './path.ts';
import { Readout } from './readout.tsx';
import { heights, linear } from './scale.ts';
import { useCursor } from './use-cursor.ts';
import { useWidth } from './use-width.ts';

export interface Series {
  name: string;
  tone: Tone;
  /** One a day; null where it is not known. */
  values: readonly (number | null)[];
}

interface LineProps {
  label: string;
  days: readonly string[];
  series: readonly Series[];
  /** The last day is not over: its figures are only a part, and the way to them is drawn paler. */
  isLastPartial: boolean;
  height: number;
  write(value: number): string;
  /** What a day says. */
  say(index: number): string;
}

/** Lines over days, with their names above them. They are straight: nothing is known between two days. */
export function Line({ label, days, series, isLastPartial, height, write, say }: LineProps) {
  const { ref, width } = useWidth();
  const bottom = height - MARGIN.bottom;
  const last = Math.max(1, days.length - 1);
  const highest = max(series, ({ values }) => max(values, (value) => value)) ?? 0;
  const y = heights(highest, [bottom, MARGIN.top]);
  const left = leftOf(y, write);
  const x = linear([0, last], [left + 6, endOf(width, left + 6, dayShort(days.at(-1)!))]);
  const end = days.length - (isLastPartial ? 2 : 1);
  const part = (values: Series['values'], first: number, final: number) =>
    pathOf(
      values.map((value, at) =>
        value !== null && at >= first && at <= final ? [x(at), y(value)] : null,
      ),
    );
  const { index, properties } = useCursor({
    count: days.length,
    at: (pixel) => Math.round(x.invert(pixel)),
    say,
    label,
    page: 7,
  });

  return (
    <div class="chart">
      <Readout>{index === null ? <Legend lines={series} /> : say(index)}</Readout>
      <div ref={ref} {...properties}>
        <svg width={width} height={height} aria-hidden="true">
          <Heights scale={y} left={left} right={x(last)} write={write} />
          {width > 0 &&
            series.map(({ tone, values }) => (
              <>
                <path class={`line ${tone}`} d={part(values, 0, end)} />
                {isLastPartial && (
                  <path class={`line ${tone} partial`} d={part(values, end, end + 1)} />
                )}
              </>
            ))}
          {index !== null && (
            <line class="cursor" x1={x(index)} x2={x(index)} y1={MARGIN.top} y2={bottom} />
          )}
          {index !== null &&
            series.map(({ tone, values }) => {
              const value = values[index] ?? null;
              return (
                value !== null && <circle class={`dot ${tone}`} cx={x(index)} cy={y(value)} r={4} />
              );
            })}
          <Times ticks={dayTicks(days, x)} y={bottom} />
        </svg>
      </div>
    </div>
  );
}
