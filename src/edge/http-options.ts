import type { FastifyError, FastifyHttpOptions, FastifyReply, FastifyRequest } from 'fastify';
import type { Server } from 'node:http';
import type { Socket } from 'node:net';
import type { Environment } from '../config/environment.js';
import { apiUrl } from '../common/request/api-url.js';
import { errorView } from '../common/errors/error-view.js';
import { KEPT_ALIVE_MS } from '../common/request/kept-alive.js';
import { requestId } from './request-id.js';

/** Bytes of a request's first line and headers together. */
export const LARGEST_HEAD = 16_384;

/**
 * Options of the Fastify server. Every phase of a request has a time limit, so that a slow or broken client cannot hold
 * a connection for ever. Times in milliseconds.
 */
export function httpOptions(environment: Environment): FastifyHttpOptions<Server> {
  const toApi = apiUrl(environment.GRAPHQL_PATHS);
  return {
    logger: false,
    trustProxy: (_address: string, hop: number) => hop < environment.TRUST_PROXY,
    bodyLimit: environment.BODY_LIMIT_BYTES,
    genReqId: requestId,
    rewriteUrl: ({ url = '/' }) => toApi(url) ?? url,
    /** Limit for headers and body together, so also for a body that is sent slowly. */
    requestTimeout: 10_000,
    keepAliveTimeout: KEPT_ALIVE_MS,
    connectionTimeout: 0,
    http: {
      headersTimeout: 5_000,
      connectionsCheckingInterval: 1_000,
      maxHeaderSize: LARGEST_HEAD,
    },
    // While draining, a request that still arrives on an open connection is served; then the connection closes.
    return503OnClosing: false,
    frameworkErrors: refuse,
    clientErrorHandler: refuseConnection,
  };
}

/** Answers requests that Fastify refuses before it finds a route, for instance a URL that cannot be decoded. */
function refuse(error: FastifyError, _request: FastifyRequest, reply: FastifyReply): void {
  const statusCode = error.statusCode ?? 400;
  const view = errorView('BAD_USER_INPUT', 'The request could not be understood.', {}, statusCode);
  void reply.code(statusCode).send({ errors: [view] });
}

const PARSER_STATUS: Record<string, [number, string]> = {
  ERR_HTTP_REQUEST_TIMEOUT: [408, 'Request Timeout'],
  HPE_HEADER_OVERFLOW: [431, 'Request Header Fields Too Large'],
  HPE_CHUNK_EXTENSIONS_OVERFLOW: [413, 'Payload Too Large'],
};

/** Answers errors while Node reads a request: there is only a socket, no request yet. */
function refuseConnection(error: Error & { code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || socket.destroyed) return;
  const [status, reason] = PARSER_STATUS[error.code ?? ''] ?? [400, 'Bad Request'];
  const view = errorView('BAD_USER_INPUT', 'The request could not be understood.', {}, status);
  const body = JSON.stringify({ errors: [view] });
  if (socket.writable) {
    socket.write(
      `HTTP/1.1 ${status} ${reason}\r\nConnection: close\r\nContent-Type: application/json; charset=utf-8\r\n` +
        `Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
    );
  }
  socket.destroy(error);
}
