import type { MessageArgs } from '../i18n/messages.js';
import { BadUserInputError } from './service-error.js';

/** A problem with one field: a key below `validation.`, and the arguments of its message. */
export interface FieldProblem {
  /** Path within the arguments, for instance `beats.3.from`. */
  readonly field: string;
  readonly key: string;
  readonly args?: MessageArgs;
}

/** Arguments of the right types with values that are not acceptable; shown as `extensions.fields`. */
export class InvalidFieldsError extends BadUserInputError {
  constructor(readonly problems: readonly FieldProblem[]) {
    super('badUserInput');
  }
}
