// Forked by hostile-learner.ts: a process of its own, so that its work does not slow down the clients that are measured.
import { Agent, request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';

/** As `Retry-After` says at least: what is refused sooner than that is a flood, which G10 is about. */
const AFTER_REFUSAL_MS = 1_000;

export interface ToHostile {
  ports: number[];
  token: string;
  bodies: string[];
  connections: number;
  seconds: number;
}

export interface FromHostile {
  /** How many answers came with each HTTP status. */
  statuses: Record<number, number>;
}

process.on('message', (message) => void ask(message as ToHostile));
process.on('disconnect', () => process.exit());

async function ask({ ports, token, bodies, connections, seconds }: ToHostile): Promise<void> {
  const agent = new Agent({ keepAlive: true, maxSockets: Infinity });
  const statuses: Record<number, number> = {};
  const until = performance.now() + seconds * 1_000;
  let next = 0;
  const lane = async () => {
    while (performance.now() < until) {
      const index = next++;
      const body = bodies[index % bodies.length]!;
      const status = await send(agent, ports[index % ports.length]!, token, body);
      statuses[status] = (statuses[status] ?? 0) + 1;
      if (status !== 200) await sleep(AFTER_REFUSAL_MS);
    }
  };
  await Promise.all(Array.from({ length: connections }, lane));
  agent.destroy();
  process.send!({ statuses } satisfies FromHostile);
}

function send(agent: Agent, port: number, token: string, body: string): Promise<number> {
  return new Promise((resolve) => {
    const post = request(
      {
        ...{ agent, host: '127.0.0.1', port, path: '/userProgress/graphql', method: 'POST' },
        headers: {
          authorization: `Bearer ${token}`,
          'content-type': 'application/json',
          'content-length': Buffer.byteLength(body),
        },
      },
      (response) => {
        response.resume();
        response.on('end', () => resolve(response.statusCode ?? 0));
      },
    );
    post.on('error', () => resolve(0));
    post.end(body);
  });
}
