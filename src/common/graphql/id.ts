import { Injectable, type ArgumentMetadata, type PipeTransform } from '@nestjs/common';
import { ValidateBy, type ValidationOptions } from 'class-validator';
import { InvalidFieldsError } from '../errors/invalid-fields.error.js';
import { isId } from '../id.js';

/** An input's field that holds an id. */
export function IsId(options?: ValidationOptions): PropertyDecorator {
  return ValidateBy({ name: 'isId', validator: { validate: isId } }, options);
}

/** An argument that is an id: `@Args('userId', IdPipe) userId: string`. */
@Injectable()
export class IdPipe implements PipeTransform<unknown, string> {
  transform(value: unknown, { data }: ArgumentMetadata): string {
    if (isId(value)) return value;
    throw new InvalidFieldsError([{ field: data ?? 'id', key: 'isId' }]);
  }
}

/** The same for an argument that may be left out or null. */
@Injectable()
export class OptionalIdPipe implements PipeTransform<unknown, string | null> {
  private readonly id = new IdPipe();

  transform(value: unknown, metadata: ArgumentMetadata): string | null {
    return value === undefined || value === null ? null : this.id.transform(value, metadata);
  }
}
