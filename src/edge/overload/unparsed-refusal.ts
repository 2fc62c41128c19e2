import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { negotiateLanguage } from '../../common/i18n/accept-language.js';
import type { OverloadRefusals } from './overload-refusals.js';
import { unambiguousRequest, type UnambiguousRequest } from './unambiguous-request.js';
import { readIntoSharedBuffer } from './shared-read-buffer.js';

type Read = (chunk: Buffer) => void;

/**
 * Refuses requests before they are parsed: what Node's HTTP server does for a request, and for an answer of no
 * content, costs three times as much as reading and writing the bytes (docs/adr/0006).
 *
 * Only where it is certain where a request begins and ends, so that no part of one can pass for another. The first
 * request of a connection is always parsed: Node gives each a time to send one.
 */
export function refuseUnparsed(
  http: Server,
  path: string,
  refusals: Pick<OverloadRefusals, 'in'>,
  isFull: () => boolean,
): void {
  const connections = new WeakMap<Socket, ReadConnection>();
  const pathBytes = Buffer.from(path);
  const refusal = ({
    isForPath,
    hasOrigin,
    acceptLanguage,
  }: UnambiguousRequest): Buffer | undefined =>
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
  http.prependListener('request', (request: IncomingMessage, response: ServerResponse) =>
    connections.get(request.socket)?.parsed(request, response),
  );
}

/** Reads a connection's bytes before its parser does. */
class ReadConnection {
  private unanswered = 0;
  /** Whether the parser holds nothing. Not said before the first request, for which it gives a time. */
  private isBetweenRequests = false;
  /** The last that the parser found in the chunk that it is given. */
  private found: IncomingMessage | undefined;

  constructor(
    private readonly socket: Socket,
    private readonly parse: Read,
    private readonly path: Uint8Array,
    private readonly refusal: (request: UnambiguousRequest) => Buffer | undefined,
  ) {
    socket.off('data', parse).on('data', this.read);
    readIntoSharedBuffer(socket, this.read);
  }

  parsed(request: IncomingMessage, response: ServerResponse): void {
    this.found = request;
    this.unanswered += 1;
    response.once('finish', () => (this.unanswered -= 1));
  }

  private readonly read = (chunk: Buffer): void => {
    const request = this.unanswered === 0 ? unambiguousRequest(chunk, this.path) : undefined;
    // Answers that nobody takes are for the parser, which then stops reading.
    if (request && this.isBetweenRequests && this.socket.writableLength === 0) {
      const refusal = this.refusal(request);
      if (refusal) {
        this.socket.write(refusal);
        return;
      }
    }
    this.parse(chunk);
    this.isBetweenRequests = request !== undefined && isWhole(this.found, request);
    this.found = undefined;
  };
}

/**
 * Whether what the parser found in a chunk, whatever it held before, ends where the chunk does: it ended, and its body
 * is as long as that of the request that the chunk looks like. Had its head ended anywhere else than that one's, so
 * much would not have been left.
 */
function isWhole(
  found: IncomingMessage | undefined,
  { contentLength }: UnambiguousRequest,
): boolean {
  const length = found?.headers['content-length'];
  return found?.complete === true && (length && Number(length)) === contentLength;
}
