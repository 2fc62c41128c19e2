import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { negotiateLanguage } from '../i18n/accept-language.js';
import type { OverloadRefusals } from './overload-refusals.js';
import { plainRequest, type PlainRequest } from './plain-request.js';

type Read = (chunk: Buffer) => void;

/**
 * Refuses requests before they are parsed: what Node's HTTP server does for a request, and for an answer of no
 * content, costs three times as much as reading and writing the bytes (docs/adr/0006).
 *
 * Only where it is certain where a request begins and ends, so that no part of one can pass for another: on a
 * connection whose every request so far came in one piece of its own, after the answer to the last. The first request
 * of a connection is always parsed: Node gives each a time to send one.
 */
export function refuseUnparsed(
  http: Server,
  path: string,
  refusals: Pick<OverloadRefusals, 'in'>,
  isFull: () => boolean,
): void {
  const connections = new WeakMap<Socket, ReadConnection>();
  const pathBytes = Buffer.from(path);
  const refusal = ({ isForPath, hasOrigin, acceptLanguage }: PlainRequest): Buffer | undefined =>
    isForPath && !hasOrigin && isFull()
      ? refusals.in(negotiateLanguage(acceptLanguage)).message
      : undefined;
  // After Node's own listener, which has made the socket's one reader.
  http.on('connection', (socket) => {
    const [parse, ...others] = socket.listeners('data') as Read[];
    if (parse && others.length === 0)
      connections.set(socket, new ReadConnection(socket, parse, pathBytes, refusal));
  });
  // Before those who may refuse: the answer is one whoever gives it.
  http.prependListener('request', ({ socket }: IncomingMessage, response: ServerResponse) => {
    const connection = connections.get(socket);
    if (connection) response.once('finish', connection.answered);
  });
}

/** Reads a connection's bytes before its parser does. */
class ReadConnection {
  /** Whether the parser holds nothing: it was given whole requests only, and has answered them. */
  private isClear = false;
  private isFirst = true;

  constructor(
    private readonly socket: Socket,
    private readonly parse: Read,
    private readonly path: Uint8Array,
    private readonly refusal: (request: PlainRequest) => Buffer | undefined,
  ) {
    socket.off('data', parse).on('data', this.read);
  }

  readonly answered = (): void => {
    this.isClear = true;
  };

  private readonly read = (chunk: Buffer): void => {
    const request = this.isClear || this.isFirst ? plainRequest(chunk, this.path) : undefined;
    if (!request) return this.leaveToParser(chunk);
    // Answers that nobody takes are for the parser, which then stops reading.
    const refusal =
      this.isFirst || this.socket.writableLength > 0 ? undefined : this.refusal(request);
    if (refusal) {
      this.socket.write(refusal);
      return;
    }
    this.isFirst = false;
    this.isClear = false;
    this.parse(chunk);
  };

  private leaveToParser(chunk: Buffer): void {
    this.socket.off('data', this.read).on('data', this.parse);
    this.parse(chunk);
  }
}
