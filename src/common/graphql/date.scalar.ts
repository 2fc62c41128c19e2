import { GraphQLError, GraphQLScalarType, Kind } from 'graphql';
import { isCalendarDay, type CalendarDay } from '../calendar-day.js';

const FORM = 'a date of the calendar as YYYY-MM-DD, for instance 2026-01-31';

/** A date without a time. In code it is the text itself: a `Date` of JavaScript would have a zone. */
export const DateScalar = new GraphQLScalarType<CalendarDay, string>({
  name: 'Date',
  description: 'A date of the calendar, without a time: YYYY-MM-DD, for instance `2026-01-31`.',
  serialize: (value) => {
    if (typeof value === 'string') return value;
    throw new TypeError('Date expects a text');
  },
  parseValue: parsed,
  parseLiteral: (node) => parsed(node.kind === Kind.STRING ? node.value : null),
});

function parsed(value: unknown): CalendarDay {
  if (typeof value === 'string' && isCalendarDay(value)) return value;
  throw new GraphQLError(`Date expects ${FORM}`);
}
