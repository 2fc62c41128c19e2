import { ServerResponse } from 'node:http';
import { createRequire } from 'node:module';
import pg from 'pg';

type Query = (...args: unknown[]) => unknown;
interface NatsCore {
  NatsConnectionImpl: {
    prototype: {
      publish(subject: string, ...rest: unknown[]): void;
      flush(): Promise<void>;
    };
  };
}

/**
 * The moments at which a process can die while it completes a course and gets the certificate issued, in that order.
 */
export const CRASH_POINTS = [
  'before the write',
  'while writing',
  'after the write and the outbox insert',
  'before COMMIT',
  'while committing',
  'after COMMIT, before the answer',
  'after the answer',
  'after the claim',
  'before the request',
  'after the request, before the reply',
  'after the reply, before settling',
  'while settling',
  'after settling',
] as const;

export type CrashPoint = (typeof CRASH_POINTS)[number];

const CREATE_CERTIFICATE = 'certificate.createCertificate';
/** The NATS client buffers what it sends for a moment. */
const LEAVES_MS = 5;

function die(): void {
  process.kill(process.pid, 'SIGKILL');
}

/** Kills this process when it first reaches that point with a completed course. */
export function crashAt(point: string): void {
  if (!(CRASH_POINTS as readonly string[]).includes(point)) throw new Error(`No point ${point}`);
  const at = (reached: CrashPoint): void => {
    if (reached === point) die();
  };
  const soonAt = (reached: CrashPoint): void => {
    if (reached === point) setTimeout(die, LEAVES_MS);
  };
  watchStatements(at, soonAt);
  watchRequests(at, soonAt);
  watchAnswers(at);
}

type Reach = (point: CrashPoint) => void;

let committed = false;

function watchStatements(at: Reach, soonAt: Reach): void {
  const completing = new WeakSet<object>();
  const prototype = pg.Client.prototype as unknown as { query: Query };
  const query = prototype.query;
  prototype.query = function (this: object, ...args: unknown[]) {
    const { name, values } = statementOf(args);
    if (name === 'write-progress' && String(values?.[0]).includes('"completed":true')) {
      completing.add(this);
      at('before the write');
      soonAt('while writing');
      return send(query, this, args, () => at('after the write and the outbox insert'));
    }
    if (name === 'COMMIT' && completing.has(this)) {
      at('before COMMIT');
      soonAt('while committing');
      return send(query, this, args, () => {
        committed = true;
        at('after COMMIT, before the answer');
      });
    }
    if (name === 'settle-certificate-issued') {
      at('after the reply, before settling');
      soonAt('while settling');
      return send(query, this, args, () => at('after settling'));
    }
    if (name === 'outbox-claim-due') {
      return send(query, this, args, (result) => {
        if (JSON.stringify(result).includes('certificate.requested')) at('after the claim');
      });
    }
    return query.call(this, ...args);
  };
}

function watchRequests(at: Reach, soonAt: Reach): void {
  const fromTransport = createRequire(import.meta.resolve('@nats-io/transport-node'));
  const { prototype } = (fromTransport('@nats-io/nats-core/internal') as NatsCore)
    .NatsConnectionImpl;
  const publish = prototype.publish;
  prototype.publish = function (subject, ...rest) {
    if (subject === CREATE_CERTIFICATE) at('before the request');
    publish.call(this, subject, ...rest);
    if (subject === CREATE_CERTIFICATE) soonAt('after the request, before the reply');
  };
}

function watchAnswers(at: Reach): void {
  const end = ServerResponse.prototype.end as (...args: unknown[]) => ServerResponse;
  ServerResponse.prototype.end = function (this: ServerResponse, ...args: unknown[]) {
    if (committed) this.once('finish', () => at('after the answer'));
    return end.apply(this, args);
  } as typeof ServerResponse.prototype.end;
}

function statementOf(args: unknown[]): { name?: string; values?: unknown[] } {
  const [statement] = args;
  return typeof statement === 'string' ? { name: statement } : (statement as { name?: string });
}

/** Sends a statement, and calls `then` with its result before the caller gets it. */
function send(
  query: Query,
  client: object,
  args: unknown[],
  then: (result: unknown) => void,
): unknown {
  const callback = args.at(-1);
  if (typeof callback === 'function') {
    return query.call(client, ...args.slice(0, -1), (error: unknown, result: unknown) => {
      if (!error) then(result);
      (callback as (error: unknown, result: unknown) => void)(error, result);
    });
  }
  return (query.call(client, ...args) as Promise<unknown>).then((result) => {
    then(result);
    return result;
  });
}
