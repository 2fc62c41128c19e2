import { Agent, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { GRAPHQL_PATH } from '../common/request/graphql-path.js';
import { practiceRequest } from './practice-requests.js';

/** As many requests are under way: batches of changes and shared reads are practised, too. */
const CONNECTIONS = 8;

export interface Practised {
  requests: number;
  /** Answers with an error: what they asked for was not practised. */
  failed: number;
}

/** Sends requests for that many milliseconds, over connections that are kept, as proxies do. */
export async function practise(
  { port }: AddressInfo,
  token: string,
  milliseconds: number,
): Promise<Practised> {
  const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });
  const end = performance.now() + milliseconds;
  const practised: Practised = { requests: 0, failed: 0 };
  const client = async (): Promise<void> => {
    while (performance.now() < end) {
      const body = JSON.stringify(practiceRequest(practised.requests));
      practised.requests += 1;
      const answer = await post(agent, port, token, body);
      if (answer.includes('"errors":')) practised.failed += 1;
    }
  };
  try {
    await Promise.all(Array.from({ length: CONNECTIONS }, client));
  } finally {
    agent.destroy();
  }
  return practised;
}

function post(agent: Agent, port: number, token: string, body: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const sent = request(
      {
        agent,
        port,
        host: '127.0.0.1',
        path: GRAPHQL_PATH,
        method: 'POST',
        headers: {
          authorization: `Bearer ${token}`,
          'content-type': 'application/json',
          'content-length': Buffer.byteLength(body),
        },
      },
      (response) => {
        let text = '';
        response.setEncoding('utf8');
        response.on('data', (piece: string) => (text += piece));
        response.on('end', () => resolve(text));
        response.on('error', reject);
      },
    );
    sent.on('error', reject);
    sent.end(body);
  });
}
