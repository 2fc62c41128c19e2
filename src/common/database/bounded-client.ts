import pg, { type ClientConfig } from 'pg';
import type { Duplex } from 'node:stream';
import { explainLostStatement } from './lost-statement.js';

export interface BoundedClientConfig extends ClientConfig {
  /** Milliseconds. 0: no limit. */
  answerWithinMs?: number;
  /** Whether statements are prepared under their names. */
  prepares?: boolean;
}

/** How much longer we wait than the server's own timeout, which gives the better error message. */
export const ANSWER_GRACE_MS = 500;

type Query = (...args: unknown[]) => Promise<unknown> | void;
type Callback = (error: unknown, ...results: unknown[]) => void;

/**
 * Closes the connection when an answer does not come in time. The server's own statement timeout cannot help when the
 * network loses its message: a half-open connection looks healthy.
 *
 * `pg`'s `query_timeout` fails only the statement. The connection would return to the pool, still waiting for that
 * answer, and the next request that gets it would wait again.
 */
export class BoundedClient extends pg.Client {
  answerWithinMs: number;

  constructor(config: BoundedClientConfig = {}) {
    super(config);
    this.answerWithinMs = config.answerWithinMs ?? 0;
    this.on('error', leaveToStatement);
    const query = this.query.bind(this) as Query;
    const prepares = config.prepares ?? true;
    this.query = ((...args: unknown[]) =>
      this.bounded(query, prepares ? args : withoutName(args))) as typeof this.query;
  }

  private bounded(query: Query, args: unknown[]): Promise<unknown> | void {
    const limit = this.answerWithinMs;
    const timer = limit > 0 ? setTimeout(() => this.giveUp(), limit) : undefined;
    const callback = args.at(-1);
    if (typeof callback !== 'function') {
      return (query(...args) as Promise<unknown>).then(
        (result) => {
          clearTimeout(timer);
          return result;
        },
        (error: unknown) => {
          clearTimeout(timer);
          throw explainLostStatement(error);
        },
      );
    }
    const answered: Callback = (error, ...results) => {
      clearTimeout(timer);
      (callback as Callback)(explainLostStatement(error), ...results);
    };
    return query(...args.slice(0, -1), answered);
  }

  /** Fails all statements of this connection, and makes the pool drop it. */
  private giveUp(): void {
    const { connection } = this as unknown as { connection: { stream: Duplex } };
    connection.stream.destroy(new Error('Query read timeout'));
  }
}

/** Without a name, a statement is parsed anew each time, and no connection has to remember it. */
function withoutName([statement, ...rest]: unknown[]): unknown[] {
  const isNamed = typeof statement === 'object' && statement !== null && 'name' in statement;
  return [isNamed ? { ...statement, name: undefined } : statement, ...rest];
}

/**
 * `pg` emits 'error' when a connection ends, and an 'error' without a listener ends the process. The pool removes its
 * own listener while a connection is handed out. This one does nothing: the current or next statement fails with the
 * same error.
 */
function leaveToStatement(): void {}
