import pg, { type ClientConfig } from 'pg';
import type { Duplex } from 'node:stream';

export interface BoundedClientConfig extends ClientConfig {
  /** Milliseconds. 0: no limit. */
  answerWithinMs?: number;
}

type Query = (...args: unknown[]) => Promise<unknown> | void;

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
    this.query = ((...args: unknown[]) => this.bounded(query, args)) as typeof this.query;
  }

  private bounded(query: Query, args: unknown[]): Promise<unknown> | void {
    if (this.answerWithinMs === 0) return query(...args);
    const timer = setTimeout(() => this.giveUp(), this.answerWithinMs);
    const callback = args.at(-1);
    if (typeof callback !== 'function') {
      return (query(...args) as Promise<unknown>).finally(() => clearTimeout(timer));
    }
    const answered = (...results: unknown[]): void => {
      clearTimeout(timer);
      (callback as (...results: unknown[]) => void)(...results);
    };
    return query(...args.slice(0, -1), answered);
  }

  /** Fails all statements of this connection, and makes the pool drop it. */
  private giveUp(): void {
    const { connection } = this as unknown as { connection: { stream: Duplex } };
    connection.stream.destroy(new Error('Query read timeout'));
  }
}

/**
 * `pg` emits 'error' when a connection ends, and an 'error' without a listener ends the process. The pool removes its
 * own listener while a connection is handed out. This one does nothing: the current or next statement fails with the
 * same error.
 */
function leaveToStatement(): void {}
