/** An attempt that came to nothing, as can be expected: the entry is tried again after pauses that grow. */
export class RetryLaterError extends Error {
  constructor(
    /** Why, in words that may be stored and shown. */
    readonly reason: string,
    /** The longest pause, in seconds. */
    readonly longestPauseSeconds: number,
    options?: ErrorOptions,
  ) {
    super(reason, options);
    this.name = 'RetryLaterError';
  }
}
