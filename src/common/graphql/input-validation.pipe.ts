import { Injectable, type ArgumentMetadata, type PipeTransform } from '@nestjs/common';
import { validateSync, type ValidatorOptions } from 'class-validator';
import { InvalidFieldsError } from '../errors/invalid-fields.error.js';
import { validationProblems } from './validation-problems.js';

const OPTIONS: ValidatorOptions = {
  whitelist: true,
  // A field without rules is refused, not passed on unchecked.
  forbidNonWhitelisted: true,
  forbidUnknownValues: true,
  stopAtFirstError: true,
  validationError: { target: true, value: false },
};

const BUILT_IN: readonly unknown[] = [String, Number, Boolean, Date, Array, Object, Buffer];

/**
 * Validates input classes by their class-validator rules. GraphQL has checked the types by then,
 * so arguments of GraphQL's own types pass as they are, and so does what a decorator made. Inputs within an input stay
 * plain objects: their rules are a pipe's of the argument.
 */
@Injectable()
export class InputValidationPipe implements PipeTransform {
  transform(value: unknown, { metatype, type }: ArgumentMetadata): unknown {
    if (type === 'custom' || value === null || value === undefined) return value;
    // TypeScript keeps the class of a parameter only where its type is that class: of `X | null` it tells nothing.
    if (metatype === Object && typeof value === 'object')
      throw new TypeError('an input of unknown class');
    if (!metatype || BUILT_IN.includes(metatype)) return value;
    const input = Object.assign(new (metatype as new () => object)(), value);
    const errors = validateSync(input, OPTIONS);
    if (errors.length > 0) throw new InvalidFieldsError(validationProblems(errors));
    return input;
  }
}
