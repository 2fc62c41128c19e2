export type Point = readonly [x: number, y: number];

/** Straight lines from point to point, as an SVG path: nothing where a point is missing, a dot where one is alone. */
export const pathOf = (points: readonly (Point | null)[]): string =>
  points
    .map((point, index) => {
      if (point === null) return '';
      const isFirst = !points[index - 1];
      const isAlone = isFirst && !points[index + 1];
      return `${isFirst ? 'M' : 'L'}${point.join()}${isAlone ? 'Z' : ''}`;
    })
    .join('');
