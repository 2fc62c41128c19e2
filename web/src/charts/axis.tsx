import { addDays, daysBetween } from '../format/days.ts';
import type { Tick } from './day-ticks.ts';
import { labelWidth } from './label-width.ts';
import type { Scale } from './scale.ts';

/** Free space above and below what is drawn, in pixels. */
export const MARGIN = { top: 12, bottom: 26 };
/** Between the figures of the heights and their lines. */
const BESIDE = 8;
const STEPS = 4;

/** From which pixel on there is space beside the figures of the heights. */
export const leftOf = (scale: Scale, write: (value: number) => string): number =>
  BESIDE + Math.max(...scale.ticks(STEPS).map((tick) => labelWidth(write(tick))));

/** Up to which pixel what is named below the chart may lie: half of the last name stands to the right of its place. */
export const endOf = (width: number, left: number, lastName: string): number =>
  Math.max(left, width - Math.ceil(labelWidth(lastName) / 2) - 1);

interface HeightProps {
  scale: Scale;
  left: number;
  /** Where what is drawn ends: lines beyond it would look like something without a value. */
  right: number;
  write(value: number): string;
}

/** Thin lines across the chart, and what they stand for. */
export function Heights({ scale, left, right, write }: HeightProps) {
  return (
    <g class="axis">
      {scale.ticks(STEPS).map((tick) => (
        <g transform={`translate(0 ${scale(tick)})`}>
          <line x1={left} x2={right} class={tick === 0 ? 'base' : undefined} />
          <text x={left - BESIDE} dy="0.32em" text-anchor="end">
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
}

/** What stands below the chart, with a mark at the place itself. */
export function Times({ ticks, y }: TimesProps) {
  return (
    <g class="axis">
      {ticks.map(({ x, label }) => (
        <>
          <line class="base" x1={x} x2={x} y1={y} y2={y + 4} />
          <text x={x} y={y + 18} text-anchor="middle">
            {label}
          </text>
        </>
      ))}
    </g>
  );
}

/** The days of a period, both ends included. */
export const daysOf = (from: string, to: string): string[] =>
  Array.from({ length: daysBetween(from, to) + 1 }, (_, index) => addDays(from, index));
