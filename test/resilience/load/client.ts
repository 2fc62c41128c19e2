import { Agent, request } from 'node:http';
import { signToken } from '../../support/tokens.ts';

/**
 * What a client knows of its request. `acknowledged`: it was done. `failed`: it was refused, and nothing was done.
 * `unknown`: no answer came, or one with an unknown outcome.
 */
export type Outcome = 'acknowledged' | 'failed' | 'unknown';

export interface Answer {
  outcome: Outcome;
  /** The first error's code, or the error that ended the connection. */
  code: string | null;
  status: number | null;
  retryAfter: string | null;
  // JSON has no type.
  data: any;
  /** Milliseconds of `performance.now()`. */
  invokedAt: number;
  returnedAt: number;
}

const PATH = '/userProgress/graphql';
const LONG_S = 30 * 24 * 3_600;
const GIVE_UP_MS = 15_000;

/** A keep-alive client of several processes. It may act for every learner. */
export class Client {
  private readonly agent = new Agent({ keepAlive: true, maxSockets: Infinity });
  private readonly authorization: string;

  private constructor(token: string) {
    this.authorization = `Bearer ${token}`;
  }

  static async create(role = 'service'): Promise<Client> {
    const exp = Math.floor(Date.now() / 1_000) + LONG_S;
    return new Client(await signToken({ sub: 'PLATFORM', role, exp }));
  }

  /** Never rejects: an error is part of the answer. */
  send(port: number, query: string, variables: object, giveUpMs = GIVE_UP_MS): Promise<Answer> {
    const body = JSON.stringify({ query, variables });
    const invokedAt = performance.now();
    return new Promise((resolve) => {
      const finish = (answer: Pick<Answer, 'outcome' | 'code'> & Partial<Answer>) =>
        resolve({
          status: null,
          retryAfter: null,
          data: null,
          ...answer,
          invokedAt,
          returnedAt: performance.now(),
        });
      const post = request(
        {
          agent: this.agent,
          host: '127.0.0.1',
          port,
          path: PATH,
          method: 'POST',
          timeout: giveUpMs,
          headers: {
            authorization: this.authorization,
            'content-type': 'application/json',
            'content-length': Buffer.byteLength(body),
          },
        },
        (response) => {
          const chunks: Buffer[] = [];
          response.on('data', (chunk: Buffer) => chunks.push(chunk));
          response.on('error', (error) => finish(broken(error)));
          response.on('end', () =>
            finish({
              ...read(Buffer.concat(chunks).toString()),
              status: response.statusCode ?? null,
              retryAfter: response.headers['retry-after'] ?? null,
            }),
          );
        },
      );
      post.on('error', (error) => finish(broken(error)));
      post.on('timeout', () => post.destroy(new Error('no answer')));
      post.end(body);
    });
  }

  /** The same request as bytes, for callers that send many. */
  encode(query: string, variables: object): Buffer {
    const body = JSON.stringify({ query, variables });
    return Buffer.from(
      `POST ${PATH} HTTP/1.1\r\nHost: localhost\r\nAuthorization: ${this.authorization}\r\n` +
        `Content-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
    );
  }

  close(): void {
    this.agent.destroy();
  }
}

function broken(error: Error & { code?: string }): Pick<Answer, 'outcome' | 'code'> {
  const code = error.code ?? error.message;
  // No process was listening, so nothing was done.
  return { outcome: code === 'ECONNREFUSED' ? 'failed' : 'unknown', code };
}

function read(text: string): Pick<Answer, 'outcome' | 'code' | 'data'> {
  try {
    const { data, errors } = JSON.parse(text) as {
      data?: Record<string, unknown>;
      errors?: { extensions: { code: string; outcome?: string } }[];
    };
    const [error] = errors ?? [];
    if (!error) {
      return { outcome: 'acknowledged', code: null, data: Object.values(data ?? {})[0] };
    }
    const { code, outcome } = error.extensions;
    const unsure = outcome === 'unknown' || code === 'INTERNAL_SERVER_ERROR';
    return { outcome: unsure ? 'unknown' : 'failed', code, data: null };
  } catch {
    return { outcome: 'unknown', code: 'unreadable', data: null };
  }
}
