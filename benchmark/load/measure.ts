import { setTimeout as delay } from 'node:timers/promises';
import { mulberry32 } from '../../sandbox/mulberry32.ts';
import { Connection, postRequest } from './connection.ts';
import type { Dialect, OperationKind } from './operation.ts';
import type { Population } from './population.ts';

export interface Target {
  /** Of its processes, in turn: one for each connection. */
  ports: readonly number[];
  dialect: Dialect;
  population: Population;
}

export interface Load {
  /** Picks the next operation; called once for each request. */
  next(): OperationKind;
  connections: number;
  /** Seconds that are measured, after `warmUp` seconds that are not. */
  seconds: number;
  warmUp: number;
  /** Requests a second on average. Without it, each connection sends its next request right after the answer. */
  rate?: number;
  /** Ends after this many requests, if that comes first. */
  requests?: number;
}

export interface Measurement {
  /** Right answers in the measured time, per second. */
  perSecond: number;
  /** All answers, also those of the warm-up: processor time and WAL are divided by them. */
  answered: number;
  /** Milliseconds. */
  p50: number;
  p99: number;
  /** Answers that were wrong, were errors, or did not come. */
  wrong: number;
  /** The first few errors in them. */
  faults: string[];
}

const FAULTS_SHOWN = 5;

/** Sends a load, and checks every answer. */
export async function measure(target: Target, load: Load): Promise<Measurement> {
  const connections = await Promise.all(
    Array.from({ length: load.connections }, (_, index) =>
      Connection.open(target.ports[index % target.ports.length]!),
    ),
  );
  const begin = performance.now();
  const measuredFrom = begin + load.warmUp * 1_000;
  const end = measuredFrom + load.seconds * 1_000;
  const latencies: number[] = [];
  const faults: string[] = [];
  let sent = 0;
  let answered = 0;
  let measured = 0;
  let wrong = 0;

  /** @param due when it should have been sent: waiting for a free connection is part of the latency */
  const send = (connection: Connection, due: number, then: () => void): void => {
    const kind = load.next();
    sent += 1;
    const { operation, header, settle } = target.population.request(kind);
    const request = postRequest(target.dialect.path, header, target.dialect.body(operation));
    connection.send(request, (status, body) => {
      const now = performance.now();
      answered += 1;
      // In an open loop, count what was due in the measured time, however late the answer came.
      if (due >= measuredFrom && due < end) latencies.push(now - due);
      const fault = judge(target.dialect, kind, status, body, settle);
      if (fault) {
        wrong += 1;
        if (faults.length < FAULTS_SHOWN) faults.push(`${kind}: ${fault}`);
      } else if (now >= measuredFrom && now < end) measured += 1;
      then();
    });
  };

  const goesOn = (now: number): boolean => now < end && sent < (load.requests ?? Infinity);
  if (load.rate === undefined) await closedLoop(connections, goesOn, send);
  else await openLoop(connections, { begin, end, rate: load.rate }, send);
  for (const connection of connections) connection.close();
  latencies.sort((left, right) => left - right);
  return {
    perSecond: measured / load.seconds,
    answered,
    wrong,
    p50: quantile(latencies, 0.5),
    p99: quantile(latencies, 0.99),
    faults,
  };
}

type Send = (connection: Connection, due: number, then: () => void) => void;

async function closedLoop(
  connections: Connection[],
  goesOn: (now: number) => boolean,
  send: Send,
): Promise<void> {
  await Promise.all(
    connections.map(
      (connection) =>
        new Promise<void>((resolve) => {
          const again = (): void => {
            const now = performance.now();
            if (goesOn(now)) send(connection, now, again);
            else resolve();
          };
          again();
        }),
    ),
  );
}

/**
 * Requests become due at random moments, as with many independent players, whether or not earlier ones were answered. A
 * request that finds no free connection waits, and the wait is part of its latency.
 */
async function openLoop(
  connections: Connection[],
  { begin, end, rate }: { begin: number; end: number; rate: number },
  send: Send,
): Promise<void> {
  const free = [...connections];
  const waiting: number[] = [];
  // The same in every run, so that every contender gets the same arrivals.
  const random = mulberry32(1);
  let due = begin;
  const dispatch = (): void => {
    while (free.length > 0 && waiting.length > 0) {
      const connection = free.pop()!;
      send(connection, waiting.shift()!, () => {
        free.push(connection);
        dispatch();
      });
    }
  };
  while (due < end) {
    for (const now = performance.now(); due <= now && due < end;) {
      waiting.push(due);
      due += (-Math.log(1 - random()) * 1_000) / rate;
    }
    dispatch();
    await delay(1);
  }
  while (free.length < connections.length) await delay(1);
}

function judge(
  dialect: Dialect,
  kind: OperationKind,
  status: number,
  body: string,
  settle: (facts: ReturnType<Dialect['facts']> | null) => string | null,
): string | null {
  if (status !== 200) {
    settle(null);
    return `HTTP ${status}: ${body.slice(0, 300)}`;
  }
  try {
    return settle(dialect.facts(kind, JSON.parse(body)));
  } catch (error) {
    settle(null);
    return `${(error as Error).message} in ${body.slice(0, 300)}`;
  }
}

/** `sorted`: in ascending order. NaN when there are no values. */
export function quantile(sorted: readonly number[], share: number): number {
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN;
}
