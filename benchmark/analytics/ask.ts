import { Connection, postRequest } from '../load/connection.ts';
import { quantile } from '../load/measure.ts';
import { token } from '../load/token.ts';
import type { Question } from './questions.ts';

const PATH = '/userProgress/graphql';

/** Milliseconds of right answers, and what the others were. */
export interface Answers {
  p50: number;
  p99: number;
  /** All answers: processor time is divided by them. */
  answered: number;
  /** Answers that said that the service has too much to do. */
  refused: number;
  faults: string[];
  /** Of the last right answer. */
  figure: number;
}

/** Asks one question over so many connections, each as soon as its last answer came, for so many seconds. */
export async function ask(
  { port, secret }: { port: number; secret: string },
  question: Question,
  { connections, seconds }: { connections: number; seconds: number },
): Promise<Answers> {
  const request = requestOf(question, secret);
  const open = await Promise.all(Array.from({ length: connections }, () => Connection.open(port)));
  const end = performance.now() + seconds * 1_000;
  const latencies: number[] = [];
  const faults: string[] = [];
  let refused = 0;
  let figure = Number.NaN;
  await Promise.all(
    open.map(async (connection) => {
      do {
        const sentAt = performance.now();
        const { status, body } = await answerTo(connection, request);
        const latency = performance.now() - sentAt;
        const { data, errors } = status === 200 ? JSON.parse(body) : { errors: [body] };
        if (errors?.[0]?.extensions?.code === 'SERVICE_UNAVAILABLE') refused += 1;
        else if (errors) {
          faults.push(`HTTP ${status}: ${JSON.stringify(errors).slice(0, 300)}`);
          if (status === 0) break;
        } else {
          latencies.push(latency);
          figure = question.figure(data);
        }
      } while (performance.now() < end);
      connection.close();
    }),
  );
  latencies.sort((left, right) => left - right);
  return {
    p50: quantile(latencies, 0.5),
    p99: quantile(latencies, 0.99),
    answered: latencies.length + refused + faults.length,
    refused,
    faults,
    figure,
  };
}

function requestOf({ who, document, variables }: Question, secret: string): string {
  const body = JSON.stringify({ query: document.replace(/\s+/g, ' '), variables });
  return postRequest(PATH, `authorization: Bearer ${token(who.id, secret, who.role)}\r\n`, body);
}

function answerTo(
  connection: Connection,
  request: string,
): Promise<{ status: number; body: string }> {
  return new Promise((resolve) => {
    connection.send(request, (status, body) => resolve({ status, body }));
  });
}
