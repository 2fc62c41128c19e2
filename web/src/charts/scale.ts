import { nice, ticks } from 'd3-array';

/** From figures to pixels, and back. */
export interface Scale {
  (value: number): number;
  invert(pixel: number): number;
  /** About so many round figures of the domain. */
  ticks(count: number): number[];
}

/** About how many round figures an axis has. */
const STEPS = 4;

type Ends = readonly [from: number, to: number];

/** Linear. d3-scale is a fifth of the page with its colours and number formats, of which nothing is used. */
export function linear([first, last]: Ends, [from, to]: Ends): Scale {
  const step = (to - from) / (last - first || 1);
  return Object.assign((value: number) => from + (value - first) * step, {
    invert: (pixel: number) => first + (pixel - from) / (step || 1),
    ticks: (count: number) => ticks(first, last, count),
  });
}

/** Of heights: from 0 to a figure above all values that is round in this unit. */
export function heights(highest: number, range: Ends, unit = 1): Scale {
  const top = nice(0, highest / unit || 1, STEPS)[1];
  return Object.assign(linear([0, top * unit], range), {
    ticks: (count: number) => ticks(0, top, count).map((tick) => tick * unit),
  });
}
