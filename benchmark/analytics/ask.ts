import { Connection, postRequest } from '../load/connection.ts';
import { quantile } from '../load/measure.ts';
import { token } from '../load/token.ts';
import type { Question } from './documents.ts';

const PATH = '/userProgress/graphql';

/** A service, and the secret of its tokens. */
export interface Asked {
  port: number;
  secret: string;
}

export interface Answers {
  /** Requests, also those that were refused. */
  answered: number;
  /** Refused for overload; they have no latency. */
  refused: number;
  /** Milliseconds. */
  p50: number;
  p99: number;
}

/** How long, and at least how many requests: of few, there is no p99. */
export interface Effort {
  seconds: number;
  requests: number;
}

/** Asks once. @returns the answer's only field @throws Error for an answer with errors */
export async function askOnce(asked: Asked, question: Question): Promise<any> {
  const connection = await Connection.open(asked.port);
  const body = await new Promise<string>((resolve) => {
    connection.send(requestOf(asked, question, 0), (_, text) => resolve(text));
  });
  connection.close();
  const { data, errors } = JSON.parse(body);
  if (errors || !data) throw new Error(`${question.name}: ${body.slice(0, 500)}`);
  return Object.values(data)[0];
}

/**
 * Asks over some connections, each of which asks again when it has its answer. Every answer to a request must be as long
 * as the first one was: apart from times and cursors, it says the same.
 * @throws Error for an answer that is not
 */
export async function ask(
  asked: Asked,
  question: Question,
  connections: number,
  { seconds, requests }: Effort,
): Promise<Answers> {
  const lengths = new Map<string, number>();
  const latencies: number[] = [];
  const begin = performance.now();
  let sent = 0;
  let refused = 0;
  const goesOn = (): boolean => sent < requests || performance.now() - begin < seconds * 1_000;

  const askOn = async (connection: Connection): Promise<void> => {
    while (goesOn()) {
      const request = requestOf(asked, question, sent);
      sent += 1;
      const sentAt = performance.now();
      const [status, body] = await new Promise<[number, string]>((resolve) => {
        connection.send(request, (...answer) => resolve(answer));
      });
      if (body.includes('"code":"SERVICE_UNAVAILABLE"')) {
        refused += 1;
        continue;
      }
      latencies.push(performance.now() - sentAt);
      const length = lengths.get(request) ?? body.length;
      lengths.set(request, length);
      if (status !== 200 || !body.startsWith('{"data":{') || body.length !== length) {
        throw new Error(`${question.name}: HTTP ${status}, ${body.slice(0, 500)}`);
      }
    }
  };

  const open = await Promise.all(
    Array.from({ length: connections }, () => Connection.open(asked.port)),
  );
  await Promise.all(open.map(askOn)).finally(() => {
    for (const connection of open) connection.close();
  });
  latencies.sort((left, right) => left - right);
  return {
    answered: sent,
    refused,
    p50: quantile(latencies, 0.5),
    p99: quantile(latencies, 0.99),
  };
}

const headers = new Map<string, string>();

function requestOf({ secret }: Asked, { asker, document, variables }: Question, n: number): string {
  let header = headers.get(asker.userId);
  if (header === undefined) {
    header = `authorization: Bearer ${token(asker.userId, asker.role, secret)}\r\n`;
    headers.set(asker.userId, header);
  }
  const query = document.replace(/\s+/g, ' ');
  return postRequest(PATH, header, JSON.stringify({ query, variables: variables(n) }));
}
