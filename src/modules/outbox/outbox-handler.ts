import type { OutboxEntry } from './outbox-entry.js';

/** What became of an attempt. */
export interface Outcome {
  /** In one word, for the metrics and the log. */
  kind: string;
  /**
   * Ends the entry in one statement, together with what the outcome means for the handler's own tables.
   * @returns false where the lease was lost: then nothing was changed, and whoever has the entry now settles it.
   */
  settle(): Promise<boolean>;
}

/** Delivers the entries of some topics. It registers itself with `OutboxHandlers` when its module starts. */
export interface OutboxHandler {
  /** Whether an attempt could succeed now. If not, rows stay due and no attempt is counted. */
  ready(): boolean;
  /**
   * Tells others what the entry is about, with no transaction open.
   * @throws any error where it is not certain that they know: the entry is tried again.
   */
  deliver(entry: OutboxEntry): Promise<Outcome>;
}
