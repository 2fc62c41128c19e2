import pg, { type ClientConfig } from 'pg';
import type { Duplex } from 'node:stream';

export interface BoundedClientConfig extends ClientConfig {
  /** Milliseconds; 0 waits for ever. */
  answerWithinMs?: number;
}

type Query = (...args: unknown[]) => Promise<unknown> | void;

/**
 * A connection that is given up when an answer does not come in time. The server's own statement timeout cannot help
 * where the network swallows its message: a connection that is half open looks as healthy as any.
 *
 * `pg`'s `query_timeout` fails the statement only. The connection would go back to the pool with that answer still to
 * come, and everybody who takes it from there would wait again.
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

  /** All statements of this connection fail with the error, and the pool drops the connection. */
  private giveUp(): void {
    const { connection } = this as unknown as { connection: { stream: Duplex } };
    connection.stream.destroy(new Error('Query read timeout'));
  }
}

/**
 * A connection also tells of its end by an event, which would end the process if nobody listened: also in the moment
 * between the pool, which stops listening, and whoever it gives the connection to. The statement that is under way, or
 * the next one, fails with the same error.
 */
function leaveToStatement(): void {}
