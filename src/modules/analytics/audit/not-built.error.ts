/** The figures were never built: there is nothing to compare yet. */
export class NotBuiltError extends Error {
  constructor() {
    super(
      'The figures of analytics are still to be built from the records. The service does that; verify them afterwards.',
    );
    this.name = 'NotBuiltError';
  }
}
