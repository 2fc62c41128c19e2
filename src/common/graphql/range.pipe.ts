import { Injectable, type ArgumentMetadata, type PipeTransform, type Type } from '@nestjs/common';
import { InvalidFieldsError, type FieldProblem } from '../errors/invalid-fields.error.js';

/** An argument between two bounds, both allowed. An explicit null means the default, as a missing value does. */
export function RangePipe(
  minimum: number,
  maximum: number,
  byDefault: number,
): Type<PipeTransform<number | null, number>> {
  @Injectable()
  class Range implements PipeTransform<number | null, number> {
    transform(given: number | null, { data }: ArgumentMetadata): number {
      const value = given ?? byDefault;
      const problem = rangeProblem(value, minimum, maximum);
      if (problem) throw new InvalidFieldsError([{ field: data ?? '', ...problem }]);
      return value;
    }
  }
  return Range;
}

/** The problem of a value that is not between two bounds (both allowed); null when there is none. */
function rangeProblem(
  value: number,
  minimum: number,
  maximum: number,
): Omit<FieldProblem, 'field'> | null {
  if (!(value >= minimum)) return { key: 'min', args: { constraint: minimum } };
  if (value > maximum) return { key: 'max', args: { constraint: maximum } };
  return null;
}
