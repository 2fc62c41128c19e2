import { nice, ticks, tickStep } from 'd3-array';

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

/** Of heights: from 0 to a figure above all values. Its figures are whole in this unit: there is no fifth of a learner. */
export function heights(highest: number, range: Ends, unit = 1): Scale {
  const [, top] = nice(0, highest / unit || 1, STEPS);
  const size = Math.max(1, tickStep(0, top, STEPS));
  const count = Math.ceil(top / size);
  const figures = Array.from({ length: count + 1 }, (_, index) => index * size * unit);
  return Object.assign(linear([0, figures.at(-1)!], range), { ticks: () => figures });
}
