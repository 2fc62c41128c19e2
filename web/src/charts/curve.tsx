import { percent, position } from '../format/numbers.ts';
import { endOf, Heights, leftOf, MARGIN, Times } from './axis.tsx';
import { CurveMoments, type Moment } from './curve-moments.tsx';
import { Legend } from './legend.tsx';
import { pathOf } from './path.ts';
import { Readout } from './readout.tsx';
import { linear } from './scale.ts';
import { timeTicks } from './time-ticks.ts';
import { useCursor } from './use-cursor.ts';
import { useWidth } from './use-width.ts';

interface CurveProps {
  label: string;
  /** Length of the lesson, in seconds. */
  duration: number;
  secondsPerPoint: number;
  /** Of all learners, how many saw this point, in percent. */
  seen: readonly number[];
  /** Of those, how many saw it again, in percent; null where nobody saw it. */
  replayed: readonly (number | null)[];
  moments: readonly Moment[];
  names: { seen: string; replayed: string };
  height: number;
  say(point: { second: number; seen: number; replayed: number | null }): string;
  /** Somebody wants to see this second. */
  seek(second: number): void;
}

/** Space for the numbers of moments. */
const TOP = 34;

/** How a lesson is watched, second by second: the area was seen, the dashed line was seen again. */
export function Curve(props: CurveProps) {
  const { label, duration, secondsPerPoint, seen, replayed, moments, names, height, say, seek } =
    props;
  const { ref, width } = useWidth();
  const bottom = height - MARGIN.bottom;
  const y = linear([0, 100], [bottom, TOP]);
  const left = leftOf(y, percent);
  const x = linear([0, duration], [left, endOf(width, left, position(duration))]);
  /** The middle of the seconds that a point stands for; the ends of the curve touch the ends of the lesson. */
  const middle = (index: number) => {
    if (index === 0) return x(0);
    if (index === seen.length - 1) return x(duration);
    return x((index + 0.5) * secondsPerPoint);
  };
  const lineOf = (values: readonly (number | null)[]) =>
    pathOf(values.map((value, at) => (value === null ? null : [middle(at), y(value)])));
  const seenLine = lineOf(seen);

  const sayAt = (index: number) =>
    say({ second: index * secondsPerPoint, seen: seen[index]!, replayed: replayed[index] ?? null });
  const { index, properties } = useCursor({
    count: seen.length,
    at: (pixel) => Math.floor(x.invert(pixel) / secondsPerPoint),
    say: sayAt,
    label,
    choose: (at) => seek(at * secondsPerPoint),
    page: Math.max(2, Math.round(seen.length / 20)),
  });

  const lines = [
    { name: names.seen, tone: 'first' },
    { name: names.replayed, tone: 'second' },
  ] as const;
  const again = index === null ? null : (replayed[index] ?? null);

  return (
    <div class="chart">
      <Readout>{index === null ? <Legend lines={lines} /> : sayAt(index)}</Readout>
      <div ref={ref} {...properties}>
        <svg width={width} height={height} aria-hidden="true">
          <Heights scale={y} left={left} right={x(duration)} write={percent} />
          {width > 0 && (
            <>
              <CurveMoments moments={moments} x={x} top={TOP} bottom={bottom} />
              <path
                class="seen-area"
                d={`${seenLine}L${x(duration)},${bottom}L${x(0)},${bottom}Z`}
              />
              <path class="line first" d={seenLine} />
              <path class="line second" d={lineOf(replayed)} />
            </>
          )}
          {index !== null && (
            <>
              <line class="cursor" x1={middle(index)} x2={middle(index)} y1={TOP} y2={bottom} />
              <circle class="dot first" cx={middle(index)} cy={y(seen[index]!)} r={4.5} />
              {again !== null && (
                <circle class="dot second" cx={middle(index)} cy={y(again)} r={4.5} />
              )}
            </>
          )}
          <Times
            ticks={timeTicks(duration, width).map((at) => ({ x: x(at), label: position(at) }))}
            y={bottom}
          />
        </svg>
      </div>
    </div>
  );
}
