import type { OutboxEntry } from './outbox-entry.js';

/** The result of an attempt. */
export interface Outcome {
  /** One word for the metrics and the log. */
  kind: string;
  /**
   * Ends the entry in one statement, together with the change to the handler's own tables.
   * @returns false when the lease was lost: nothing was changed, and the new holder settles the entry.
   */
  settle(): Promise<boolean>;
}

/** Delivers the entries of some topics. It registers itself with `OutboxHandlers` when its module starts. */
export interface OutboxHandler {
  /** Whether an attempt could succeed now. If not, rows stay due and no attempt is counted. */
  ready(): boolean;
  /**
   * Delivers the entry, with no transaction open.
   * @throws any error when delivery is not certain: the entry is tried again.
   */
  deliver(entry: OutboxEntry): Promise<Outcome>;
}
