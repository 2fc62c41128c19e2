/** Space for the initials of weekdays, and for the names of months; in pixels, like all of this. */
const LEFT = 18;
export const TOP = 20;
const CELL_MINIMUM = 9;
const CELL_MAXIMUM = 18;

interface Place {
  x: number;
  y: number;
}

interface Layout {
  /** From one day to the next. */
  cell: number;
  height: number;
  /** How many stretches of weeks there are, one below the other. */
  parts: number;
  placeOf(index: number): Place;
  /** Where the column of a week begins, with the name above it. */
  placeOfWeek(week: number): Place;
  /** The day that is at a place, which may be none of those that there are. */
  at(x: number, y: number): number;
}

/**
 * Where the days of a calendar are: a week is a column, from Monday. What has no space beside the rest goes below it.
 * @param offset the weekday of the first day, 0 for Monday
 */
export function layOut(days: number, offset: number, width: number): Layout {
  const space = Math.max(7 * CELL_MINIMUM, width - LEFT);
  const weeks = Math.ceil((days + offset) / 7);
  const parts = Math.ceil((weeks * CELL_MINIMUM) / space);
  const across = Math.ceil(weeks / parts);
  const cell = Math.min(CELL_MAXIMUM, Math.floor(space / across));
  const partHeight = TOP + 7 * cell;
  const placeOfWeek = (week: number) => ({
    x: LEFT + (week % across) * cell,
    y: Math.floor(week / across) * partHeight,
  });
  return {
    cell,
    parts,
    height: parts * partHeight,
    placeOfWeek,
    placeOf(index) {
      const { x, y } = placeOfWeek(Math.floor((index + offset) / 7));
      return { x, y: y + TOP + ((index + offset) % 7) * cell };
    },
    at(x, y) {
      const part = within(y / partHeight, parts);
      const column = within((x - LEFT) / cell, across);
      const row = within((y - part * partHeight - TOP) / cell, 7);
      return (part * across + column) * 7 + row - offset;
    },
  };
}

const within = (value: number, count: number): number =>
  Math.min(Math.max(0, Math.floor(value)), count - 1);
