import { BadUserInputError } from '../../../common/errors/service-error.js';

/** The learner's record in the lesson is in another course than the one named. */
export class OtherHomeError extends BadUserInputError {
  /** @param home the record's course */
  constructor(readonly home: string) {
    super('recordMismatch');
  }
}
