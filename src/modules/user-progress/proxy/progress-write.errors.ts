/** Another process inserted one of our new rows first: the batch must be read and applied again. */
export class BatchOvertakenError extends Error {
  constructor() {
    super('another process inserted one of the batch’s rows first');
    this.name = 'BatchOvertakenError';
  }
}
