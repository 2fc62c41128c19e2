import { addDays, dayShort, daysBetween, monthShort } from '../format/days.ts';
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

export interface Tick {
  x: number;
  label: string;
}

interface TimesProps {
  ticks: readonly Tick[];
  y: number;
  width: number;
}

/** Half of the widest label, in pixels. */
const LABEL_HALF = 26;

/** What stands below the chart. The last label ends where the chart does. */
export function Times({ ticks, y, width }: TimesProps) {
  return (
    <g class="axis">
      {ticks.map(({ x, label }) => {
        const isLast = x > width - LABEL_HALF;
        return (
          <text x={isLast ? width : x} y={y + 18} text-anchor={isLast ? 'end' : 'middle'}>
            {label}
          </text>
        );
      })}
    </g>
  );
}

const TICK_PIXELS = 84;

/** Which days have their name below the chart: as many as there is space for. */
export function dayTicks(days: readonly string[], x: (index: number) => number): Tick[] {
  const room = Math.max(1, Math.floor((x(days.length - 1) - x(0)) / TICK_PIXELS));
  const every = Math.max(1, Math.ceil(days.length / (room + 1)));
  const write = days.length > 180 ? monthShort : dayShort;
  // The last day always has one, and the others are counted back from it.
  return days
    .map((day, index) => ({ day, index }))
    .filter(({ index }) => (days.length - 1 - index) % every === 0)
    .map(({ day, index }) => ({ x: x(index), label: write(day) }));
}

/** The days of a period, both ends included. */
export const daysOf = (from: string, to: string): string[] =>
  Array.from({ length: daysBetween(from, to) + 1 }, (_, index) => addDays(from, index));
