import { Injectable, type ArgumentMetadata, type PipeTransform, type Type } from '@nestjs/common';
import { InvalidFieldsError } from '../errors/invalid-fields.error.js';

/** An argument between two bounds, both allowed. An explicit null is refused as too small. */
export function RangePipe(minimum: number, maximum: number): Type<PipeTransform<number, number>> {
  @Injectable()
  class Range implements PipeTransform<number, number> {
    transform(value: number, { data }: ArgumentMetadata): number {
      const field = data ?? '';
      if (!(value >= minimum)) {
        throw new InvalidFieldsError([{ field, key: 'min', args: { constraint: minimum } }]);
      }
      if (value > maximum) {
        throw new InvalidFieldsError([{ field, key: 'max', args: { constraint: maximum } }]);
      }
      return value;
    }
  }
  return Range;
}
