import type { FastifyReply, FastifyRequest } from 'fastify';

export interface SentBeat {
  seq: number;
  from: number;
  to: number;
  rate: number;
  at: string;
}

/** A request of a player, and what became of it. */
export interface Exchange {
  /** Empty for requests without beats. */
  beats: SentBeat[];
  sessionId: string;
  /** The status that the page got; 0 while it got none. */
  status: number;
  /** What became of each beat, by the service. */
  results: { seq: number; result: string; reason: string | null; creditedSeconds: number }[];
}

/**
 * `cut`: the service never gets the request. `lose`: it does, but its answer is lost. A status: it is answered instead
 * of the service. A promise: the service's answer waits for it.
 */
export type Fault = 'cut' | 'lose' | number | Promise<unknown>;

/** The network between the pages of one learner and the service. */
export class Line {
  readonly exchanges: Exchange[] = [];
  /** Decides about each request with beats; undefined lets it pass. */
  fault: (exchange: Exchange) => Fault | undefined = () => undefined;
  /** The header `Date` that pages get, instead of the service's; null: none. */
  date: string | null | undefined;
  /** The most requests that were under way at once. */
  busiest = 0;
  release!: () => void;
  readonly released = new Promise<void>((resolve) => (this.release = resolve));
  private underWay = 0;

  constructor(private readonly graphqlUrl: string) {}

  /** All beats that arrived at the service, repeats included. */
  get beats(): SentBeat[] {
    return this.exchanges.flatMap(({ beats }) => beats);
  }

  get results(): Exchange['results'] {
    return this.exchanges.flatMap(({ results }) => results);
  }

  async carry(request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const exchange = read(request.body);
    if (exchange.beats.length > 0) this.exchanges.push(exchange);
    this.busiest = Math.max(this.busiest, ++this.underWay);
    const end = once(() => (this.underWay -= 1));
    // The page gave up, for instance after its timeout.
    reply.raw.on('close', end);
    const answer = await this.answerTo(request, reply, exchange);
    // Before it is sent: the page may send the next request as soon as it has this answer.
    end();
    if (answer === undefined) return hangUp(reply);
    await reply.type('application/json').send(answer);
  }

  /** @returns undefined when the page gets none */
  private async answerTo(
    request: FastifyRequest,
    reply: FastifyReply,
    exchange: Exchange,
  ): Promise<string | undefined> {
    const fault = exchange.beats.length > 0 ? this.fault(exchange) : undefined;
    if (fault === 'cut') return undefined;
    if (typeof fault === 'number') return refuse(reply, exchange, fault);
    const answer = await this.ask(request).catch(() => undefined);
    if (!answer) return undefined;
    const text = await answer.text();
    exchange.results = resultsIn(text);
    if (fault === 'lose') return undefined;
    await fault;
    exchange.status = answer.status;
    const date = this.date === undefined ? answer.headers.get('date') : this.date;
    reply.raw.sendDate = false;
    if (date !== null) void reply.header('date', date);
    void reply.code(answer.status);
    return text;
  }

  private ask({ headers, body }: FastifyRequest): Promise<Response> {
    return fetch(this.graphqlUrl, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        authorization: headers.authorization ?? '',
      },
      body: JSON.stringify(body),
    });
  }
}

function once(work: () => void): () => void {
  let isDone = false;
  return () => {
    if (!isDone) work();
    isDone = true;
  };
}

function hangUp(reply: FastifyReply): void {
  reply.hijack();
  reply.raw.destroy();
}

function refuse(reply: FastifyReply, exchange: Exchange, status: number): string {
  exchange.status = status;
  void reply.code(status);
  const code = status === 503 ? 'SERVICE_UNAVAILABLE' : 'INTERNAL_SERVER_ERROR';
  return JSON.stringify({ errors: [{ message: 'refused', extensions: { code } }] });
}

function read(body: unknown): Exchange {
  const { variables = {} } = body as { variables?: Record<string, unknown> };
  const input = Object.values(variables).find(
    (value): value is { beats: SentBeat[]; sessionId: string } =>
      typeof value === 'object' && value !== null && 'beats' in value,
  );
  const { beats = [], sessionId = '' } = input ?? {};
  return { beats, sessionId, status: 0, results: [] };
}

function resultsIn(text: string): Exchange['results'] {
  try {
    const { data } = JSON.parse(text) as {
      data?: { recordWatch?: { beats: Exchange['results'] } };
    };
    return data?.recordWatch?.beats ?? [];
  } catch {
    return [];
  }
}
