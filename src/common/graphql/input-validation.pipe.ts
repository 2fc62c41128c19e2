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
 * Validates input classes by their class-validator rules. GraphQL has checked the types before, so arguments of
 * GraphQL's own types pass unchanged, and so do values from decorators. Inputs inside an input stay plain objects: a
 * pipe of the argument checks them.
 */
@Injectable()
export class InputValidationPipe implements PipeTransform {
  transform(value: unknown, { metatype, type }: ArgumentMetadata): unknown {
    if (type === 'custom' || value === null || value === undefined) return value;
    // TypeScript emits a parameter's class only when its type is exactly that class, not for `X
    // null`.
    if (metatype === Object && typeof value === 'object')
      throw new TypeError('an input of unknown class');
    if (!metatype || BUILT_IN.includes(metatype)) return value;
    const input = Object.assign(new (metatype as new () => object)(), value);
    const errors = validateSync(input, OPTIONS);
    if (errors.length > 0) throw new InvalidFieldsError(validationProblems(errors));
    return input;
  }
}
