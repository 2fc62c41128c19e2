import { max } from 'd3-array';
import { Heights, MARGIN, Times } from './axis.tsx';
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
  write(value: number): string;
  say(bin: Bin): string;
  /** Lines across the bins: where half of all lies below. */
  marks: readonly { value: number; name: string }[];
}

/** How many there are of which size. Values without any are bins too. */
export function Histogram({ label, bins, height, write, say, marks }: HistogramProps) {
  const { ref, width } = useWidth();
  const bottom = height - MARGIN.bottom;
  const size = bins.length === 0 ? 1 : bins[0]!.to - bins[0]!.from + 1;
  const end = bins.length * size;
  const x = linear([0, end], [MARGIN.left, Math.max(MARGIN.left, width - MARGIN.right)]);
  const y = heights(max(bins, ({ count }) => count) ?? 0, [bottom, MARGIN.top + 14]);
  const { index, properties } = useCursor({
    count: bins.length,
    at: (pixel) => Math.floor(x.invert(pixel) / size),
    say: (at) => say(bins[at]!),
    label,
  });

  return (
    <div class="chart">
      <Readout>{index === null ? null : say(bins[index]!)}</Readout>
      <div ref={ref} {...properties}>
        <svg width={width} height={height} aria-hidden="true">
          <Heights scale={y} width={width} write={write} />
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
            <g class="mark" transform={`translate(${x(value + 0.5)} 0)`}>
              <line y1={MARGIN.top + 4} y2={bottom} />
              <text y={MARGIN.top} dx="4" text-anchor={value > end * 0.75 ? 'end' : 'start'}>
                {name}
              </text>
            </g>
          ))}
          <Times
            ticks={x
              .ticks(6)
              .filter(Number.isInteger)
              .map((at) => ({ x: x(at), label: write(at) }))}
            y={bottom}
            width={width}
          />
        </svg>
      </div>
    </div>
  );
}
