import type { NodeConnectionOptions } from '@nats-io/transport-node';

type ReconnectToServer = NonNullable<NodeConnectionOptions['reconnectToServer']>;
type Pool = Pick<Parameters<ReconnectToServer>[0][number], 'listen'>[];

/**
 * Options that pause between two attempts at the same server, by the monotonic clock. The client's own pause compares
 * wall clocks: when a process's clock is set back by an hour, it would not connect again for an hour.
 */
export function reconnectPace(
  waitMs: number,
  random: () => number = Math.random,
): Pick<NodeConnectionOptions, 'reconnectDelayHandler' | 'reconnectToServer'> {
  const attempts = new Map<string, number>();
  const pauseBefore = ({ listen }: Pool[number]): number => {
    const now = performance.now();
    const due = (attempts.get(listen) ?? -Infinity) + waitMs * (1 + random() / 2);
    const at = Math.max(now, due);
    attempts.set(listen, at);
    return at - now;
  };
  return {
    // The client waits no time of its own, whatever its clock says.
    reconnectDelayHandler: () => -Infinity,
    // The first of the pool is the server that the client would take.
    reconnectToServer: ([server]) =>
      server === undefined ? null : { server, delay: pauseBefore(server) },
  };
}
