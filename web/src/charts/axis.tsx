import { addDays, daysBetween } from '../format/days.ts';
import { extentOf, type Tick } from './day-ticks.ts';
import type { Scale } from './scale.ts';

/** Free space around what is drawn, in pixels. */
export const MARGIN = { top: 12, right: 4, bottom: 26, left: 44 };

interface HeightProps {
  scale: Scale;
  width: number;
  write(value: number): string;
}

/** Thin lines across the chart, and what they stand for. */
export function Heights({ scale, width, write }: HeightProps) {
  return (
    <g class="axis">
      {scale.ticks(4).map((tick) => (
        <g transform={`translate(0 ${scale(tick)})`}>
          <line
            x1={MARGIN.left}
            x2={width - MARGIN.right}
            class={tick === 0 ? 'base' : undefined}
          />
          <text x={MARGIN.left - 8} dy="0.32em" text-anchor="end">
            {write(tick)}
          </text>
        </g>
      ))}
    </g>
  );
}

interface TimesProps {
  ticks: readonly Tick[];
  y: number;
  width: number;
}

/** What stands below the chart, with a mark at the place itself. */
export function Times({ ticks, y, width }: TimesProps) {
  return (
    <g class="axis">
      {ticks.map((tick) => {
        const isLast = extentOf(tick, width).end === width;
        return (
          <>
            <line class="base" x1={tick.x} x2={tick.x} y1={y} y2={y + 4} />
            <text x={isLast ? width : tick.x} y={y + 18} text-anchor={isLast ? 'end' : 'middle'}>
              {tick.label}
            </text>
          </>
        );
      })}
    </g>
  );
}

/** The days of a period, both ends included. */
export const daysOf = (from: string, to: string): string[] =>
  Array.from({ length: daysBetween(from, to) + 1 }, (_, index) => addDays(from, index));
