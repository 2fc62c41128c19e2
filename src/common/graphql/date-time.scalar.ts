import { Scalar, type CustomScalar } from '@nestjs/graphql';
import { GraphQLError, Kind, type ValueNode } from 'graphql';

/** Date, time to the second or finer, and an offset: any other form is ambiguous. */
const ISO_8601 = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?(Z|[+-]\d\d:\d\d)$/;

/** A point in time. Written in UTC; read only in an unambiguous form. */
@Scalar('DateTime', () => Date)
export class DateTimeScalar implements CustomScalar<string, Date> {
  readonly description =
    'A point in time: ISO 8601 with an offset, for instance `2026-01-31T09:30:00Z`.';

  serialize(value: unknown): string {
    if (value instanceof Date) return value.toISOString();
    throw new TypeError('DateTime expects a Date');
  }

  parseValue(value: unknown): Date {
    if (typeof value !== 'string' || !ISO_8601.test(value)) throw malformed();
    const date = new Date(value);
    // The parser turns 30 February into 2 March without an error, so compare the result with the text.
    if (Number.isNaN(date.getTime()) || !isCalendarDay(value.slice(0, 10))) throw malformed();
    return date;
  }

  parseLiteral(node: ValueNode): Date {
    if (node.kind !== Kind.STRING) throw malformed();
    return this.parseValue(node.value);
  }
}

function isCalendarDay(day: string): boolean {
  return new Date(`${day}T00:00:00Z`).getUTCDate() === Number(day.slice(-2));
}

function malformed(): GraphQLError {
  return new GraphQLError(
    'DateTime expects ISO 8601 with an offset, for instance 2026-01-31T09:30:00Z',
  );
}
