import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { languageOf } from '../../common/i18n/accept-language.js';
import type { OverloadRefusals } from './overload-refusals.js';
import { unambiguousRequest, type UnambiguousRequest } from './unambiguous-request.js';

type Read = (chunk: Buffer) => void;

/**
 * Refuses requests before they are parsed: parsing a request and building its answer costs more than twice what reading
 * and writing the bytes does, and in overload most requests are refused (docs/adr/0006).
 *
 * A piece of a request must not pass for a whole one, so this is done only where it is certain where a request begins and
 * ends. The first request of a connection is always parsed: Node closes connections that do not send one in time.
 */
export function refuseUnparsed(
  http: Server,
  paths: readonly string[],
  refusals: Pick<OverloadRefusals, 'in'>,
  isFull: () => boolean,
): void {
  const connections = new WeakMap<Socket, ReadConnection>();
  const pathBytes = paths.map((path) => Buffer.from(path));
  const refusal = (request: UnambiguousRequest): Buffer | undefined => {
    if (!request.isForPath || request.hasOrigin || !isFull()) return undefined;
    const { ownLanguage, acceptLanguage } = request;
    return refusals.in(languageOf({ 'x-lang': ownLanguage, 'accept-language': acceptLanguage }))
      .message;
  };
  // After Node's own listener, which adds the socket's one reader. Where there is none, or another, nothing is changed.
  http.on('connection', (socket) => {
    const [parse, ...others] = socket.listeners('data') as Read[];
    if (parse && others.length === 0)
      connections.set(socket, new ReadConnection(socket, parse, pathBytes, refusal));
  });
  // Before listeners that may answer: an answer has to be counted before it is given.
  http.prependListener('request', (request: IncomingMessage, response: ServerResponse) =>
    connections.get(request.socket)?.parsed(request, response),
  );
}

/** Reads a connection's bytes before its parser does. */
class ReadConnection {
  private unanswered = 0;
  /** Whether the parser holds no part of a request. False until the first, which the parser must see in time. */
  private isBetweenRequests = false;
  /** The last request that the parser found in the chunk it was given. */
  private found: IncomingMessage | undefined;

  constructor(
    private readonly socket: Socket,
    private readonly parse: Read,
    private readonly paths: readonly Uint8Array[],
    private readonly refusal: (request: UnambiguousRequest) => Buffer | undefined,
  ) {
    socket.off('data', parse).on('data', this.read);
  }

  parsed(request: IncomingMessage, response: ServerResponse): void {
    this.found = request;
    this.unanswered += 1;
    response.once('finish', () => (this.unanswered -= 1));
  }

  private readonly read = (chunk: Buffer): void => {
    const request = this.unanswered === 0 ? unambiguousRequest(chunk, this.paths) : undefined;
    // A client that does not read its answers would fill the memory. The parser stops reading from it.
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
 * Whether the parser, too, found in a chunk the one request that the chunk looks like, and holds nothing of another: the
 * request that it found is complete, and its body is as long. Had the parser held a part of a request before, its head
 * would have ended elsewhere, and its body would have another length.
 */
function isWhole(
  found: IncomingMessage | undefined,
  { contentLength }: UnambiguousRequest,
): boolean {
  const length = found?.headers['content-length'];
  return found?.complete === true && (length && Number(length)) === contentLength;
}
