/** An attempt that failed in an expected way: the entry is tried again, after growing pauses. */
export class RetryLaterError extends Error {
  constructor(
    /** The reason, safe to store and show. */
    readonly reason: string,
    /** The longest pause, in seconds. */
    readonly longestPauseSeconds: number,
    options?: ErrorOptions,
  ) {
    super(reason, options);
    this.name = 'RetryLaterError';
  }
}
