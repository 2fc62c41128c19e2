import { max } from 'd3-array';
import { endOf, Heights, leftOf, MARGIN, Times } from './axis.tsx';
import { labelWidth } from './label-width.ts';
import { Readout } from './readout.tsx';
import { heights, linear } from './scale.ts';
import { useCursor } from './use-cursor.ts';
import { useWidth } from './use-width.ts';

export interface Bin {
  /** First and last value of the bin. */
  from: number;
  to: number;
  count: number;
}

interface HistogramProps {
  label: string;
  bins: readonly Bin[];
  height: number;
  /** How many there are. */
  write(count: number): string;
  /** A size, with its unit: the last one below the chart has it. */
  writeSize(value: number): string;
  say(bin: Bin): string;
  /** Lines across the bins: where half of all lies below. */
  marks: readonly { value: number; name: string }[];
}

/** Pixels from one size below the chart to the next, at least. */
const TICK_PIXELS = 60;
/** Between a line across the bins and its name. */
const BESIDE = 4;

/** How many there are of which size. Values without any are bins too. */
export function Histogram(props: HistogramProps) {
  const { label, bins, height, write, writeSize, say, marks } = props;
  const { ref, width } = useWidth();
  const bottom = height - MARGIN.bottom;
  const size = bins.length === 0 ? 1 : bins[0]!.to - bins[0]!.from + 1;
  const end = bins.length * size;
  const y = heights(max(bins, ({ count }) => count) ?? 0, [bottom, MARGIN.top + 14]);
  const left = leftOf(y, write);
  const x = linear([0, end], [left, endOf(width, left, writeSize(end))]);
  /** Each size is in the middle of what its bar has for it: its name below, and a line across. */
  const middle = (value: number) => x(value + 0.5);
  const sizes = linear([0, end - 1], [0, 0])
    .ticks(Math.max(1, Math.min(6, Math.floor((width - left) / TICK_PIXELS))))
    .filter(Number.isInteger);
  const { index, properties } = useCursor({
    count: bins.length,
    at: (pixel) => Math.floor(x.invert(pixel) / size),
    say: (at) => say(bins[at]!),
    label,
  });

  return (
    <div class="chart">
      <Readout>{index === null ? <span class="legend">{label}</span> : say(bins[index]!)}</Readout>
      <div ref={ref} {...properties}>
        <svg width={width} height={height} aria-hidden="true">
          <Heights scale={y} left={left} right={x(end)} write={write} />
          {width > 0 &&
            bins.map(({ from, count }, at) => (
              <rect
                class={at === index ? 'bar current' : 'bar'}
                x={x(from) + 1}
                y={y(count)}
                width={Math.max(1, x(size) - x(0) - 2)}
                height={bottom - y(count)}
              />
            ))}
          {marks.map(({ value, name }) => (
            <g class="mark" transform={`translate(${middle(value)} 0)`}>
              <line y1={MARGIN.top + 4} y2={bottom} />
              <text
                y={MARGIN.top}
                {...(middle(value) + labelWidth(name) + BESIDE > width
                  ? { dx: -BESIDE, 'text-anchor': 'end' }
                  : { dx: BESIDE })}
              >
                {name}
              </text>
            </g>
          ))}
          <Times
            ticks={sizes.map((size, at) => ({
              x: middle(size),
              label: at === sizes.length - 1 ? writeSize(size) : write(size),
            }))}
            y={bottom}
          />
        </svg>
      </div>
    </div>
  );
}
