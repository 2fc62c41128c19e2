import { Scalar, type CustomScalar } from '@nestjs/graphql';
import { GraphQLError, Kind, type ValueNode } from 'graphql';
import { parseDateTime } from './date-time.js';

/** A point in time. Written in UTC; read only in an unambiguous form. */
@Scalar('DateTime', () => Date)
export class DateTimeScalar implements CustomScalar<string, Date> {
  readonly description =
    'A point in time: RFC 3339, with an offset, for instance `2026-01-31T09:30:00Z`.';

  serialize(value: unknown): string {
    if (value instanceof Date) return value.toISOString();
    throw new TypeError('DateTime expects a Date');
  }

  parseValue(value: unknown): Date {
    const date = typeof value === 'string' ? parseDateTime(value) : null;
    if (!date) throw malformed();
    return date;
  }

  parseLiteral(node: ValueNode): Date {
    if (node.kind !== Kind.STRING) throw malformed();
    return this.parseValue(node.value);
  }
}

function malformed(): GraphQLError {
  return new GraphQLError(
    'DateTime expects RFC 3339 with an offset, for instance 2026-01-31T09:30:00Z',
  );
}
