import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { languageOf } from '../../common/i18n/accept-language.js';
import type { OverloadRefusals } from './overload-refusals.js';
import type { Owed, RefusalShare } from './refusal-share.js';
import { readIntoSharedBuffer } from './shared-read-buffer.js';
import { unambiguousRequest, type UnambiguousRequest } from './unambiguous-request.js';

type Read = (chunk: Buffer) => void;

/**
 * Refuses requests before they are parsed. Parsing a request and building its answer costs more than twice as much as
 * reading and writing the bytes, and in overload most requests are refused (docs/adr/0006).
 *
 * A piece of a request must not pass for a whole one, so this is done only when it is certain where a request begins
 * and ends. The first request of a connection is always parsed: Node closes connections whose first request it does not
 * see in time.
 */
export function refuseUnparsed(
  http: Server,
  paths: readonly string[],
  refusals: Pick<OverloadRefusals, 'in'>,
  share: RefusalShare,
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
  // Runs after Node's own listener, which adds the socket's one 'data' reader. With no reader, or with more, leave the
  // connection alone.
  http.on('connection', (socket) => {
    const [parse, ...others] = socket.listeners('data') as Read[];
    if (parse && others.length === 0)
      connections.set(socket, new ReadConnection(socket, parse, pathBytes, share, refusal));
  });
  // Runs before listeners that may answer: a request must be counted before its answer.
  http.prependListener('request', (request: IncomingMessage, response: ServerResponse) =>
    connections.get(request.socket)?.parsed(request, response),
  );
}

/** Reads a connection's bytes before its parser does. */
class ReadConnection implements Owed {
  private unanswered = 0;
  /** Whether the parser is between two requests. False until the first request, which the parser must see in time. */
  private isBetweenRequests = false;
  /** The last request that the parser found in the current chunk. */
  private found: IncomingMessage | undefined;
  /** The answer to a refused request, until it is sent. */
  private owed: Buffer | undefined;

  constructor(
    private readonly socket: Socket,
    private readonly parse: Read,
    private readonly paths: readonly Uint8Array[],
    private readonly share: RefusalShare,
    private readonly refusal: (request: UnambiguousRequest) => Buffer | undefined,
  ) {
    socket.off('data', parse).on('data', this.read);
    readIntoSharedBuffer(socket, this.read);
    // Runs before Node's own listener, which ends our side, too.
    socket.prependListener('end', () => this.share.sendNow(this));
  }

  send(): void {
    if (this.owed && this.socket.writable) this.socket.write(this.owed);
    this.owed = undefined;
  }

  parsed(request: IncomingMessage, response: ServerResponse): void {
    this.found = request;
    this.unanswered += 1;
    response.once('finish', () => (this.unanswered -= 1));
  }

  private readonly read = (chunk: Buffer): void => {
    // Answers go out in the order of the requests.
    if (this.owed) this.share.sendNow(this);
    const request = this.unanswered === 0 ? unambiguousRequest(chunk, this.paths) : undefined;
    // A client that does not read our answers would make them fill the memory. Leave it to the parser, which stops
    // reading.
    if (request && this.isBetweenRequests && this.socket.writableLength === 0) {
      this.owed = this.refusal(request);
      if (this.owed) return this.share.send(this);
    }
    this.parse(chunk);
    this.isBetweenRequests = request !== undefined && isWhole(this.found, request);
    this.found = undefined;
  };
}

/**
 * Whether the parser found the same single request in the chunk, and holds no part of another one: its request is
 * complete, and the body has the same length. If the parser had held a part of an earlier request, this head would have
 * ended elsewhere, and the body's length would differ.
 */
function isWhole(
  found: IncomingMessage | undefined,
  { contentLength }: UnambiguousRequest,
): boolean {
  const length = found?.headers['content-length'];
  return found?.complete === true && (length && Number(length)) === contentLength;
}
