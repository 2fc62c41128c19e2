export const UNAUTHENTICATED = 'UNAUTHENTICATED';
export const FORBIDDEN = 'FORBIDDEN';
export const NOT_FOUND = 'NOT_FOUND';
export const BAD_USER_INPUT = 'BAD_USER_INPUT';
/** The service did not answer, or somebody else did. */
export const UNREACHABLE = 'UNREACHABLE';

/** Why there are no figures. */
export class Problem extends Error {
  constructor(
    /** The service's code, or `UNREACHABLE`. */
    readonly code: string,
    /** The service's words, in the reader's language; empty where it did not answer. */
    message: string,
    /** `NOT_BUILT`: the figures are still being built. */
    readonly state: unknown,
  ) {
    super(message);
  }
}
