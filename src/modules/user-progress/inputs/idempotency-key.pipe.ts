import { Injectable, type PipeTransform } from '@nestjs/common';
import { InvalidFieldsError } from '../../../common/errors/invalid-fields.error.js';

export const KEY_LENGTH_MAXIMUM = 128;
/** Printable characters of ASCII, as UUIDs and the like are made of. */
const KEY = /^[\x21-\x7e]+$/;

@Injectable()
export class IdempotencyKeyPipe implements PipeTransform<string | null | undefined> {
  transform(value: string | null | undefined): string | null {
    if (value === null || value === undefined) return null;
    const field = 'idempotencyKey';
    if (value.length > KEY_LENGTH_MAXIMUM) {
      throw new InvalidFieldsError([
        { field, key: 'maxLength', args: { constraint: KEY_LENGTH_MAXIMUM } },
      ]);
    }
    if (!KEY.test(value)) throw new InvalidFieldsError([{ field, key: 'matches' }]);
    return value;
  }
}
