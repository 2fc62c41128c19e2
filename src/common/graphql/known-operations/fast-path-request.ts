import type { FastifyRequest } from 'fastify';
import { LRUCache } from 'lru-cache';
import Negotiator from 'negotiator';
import { isRecord } from '../../is-record.js';

/** A request that the fast path can answer: it uses nothing that only Apollo supports. */
export interface FastPathRequest {
  readonly query: string;
  readonly variables: Record<string, unknown> | undefined;
  readonly operationName: string | undefined;
  /** The content type of the answer. */
  readonly type: string;
}

const JSON_TYPE = 'application/json; charset=utf-8';
/** In Apollo's order of preference. The last one is for subscriptions by callback, which this service does not have. */
const TYPES = [
  JSON_TYPE,
  'application/graphql-response+json; charset=utf-8',
  'application/json; callbackSpec=1.0; charset=utf-8',
];
const ACCEPT_MAXIMUM = 256;
/** Clients send the same few headers again and again. */
const negotiated = new LRUCache<string, { type: string | undefined }>({ max: 1_000 });

/** @returns undefined when Apollo must handle the request */
export function fastPathRequest({
  method,
  body,
  headers,
}: FastifyRequest): FastPathRequest | undefined {
  if (method !== 'POST' || !isRecord(body)) return undefined;
  const { query, variables, operationName, extensions } = body;
  if (typeof query !== 'string' || isGiven(extensions)) return undefined;
  if (isGiven(variables) && !isRecord(variables)) return undefined;
  if (isGiven(operationName) && typeof operationName !== 'string') return undefined;
  const type = typeFor(headers.accept);
  if (type === undefined) return undefined;
  return {
    query,
    variables: variables ?? undefined,
    operationName: operationName ?? undefined,
    type,
  };
}

const isGiven = (value: unknown): value is NonNullable<unknown> =>
  value !== undefined && value !== null;

function typeFor(accept: string | undefined): string | undefined {
  if (!accept) return JSON_TYPE;
  if (accept.length > ACCEPT_MAXIMUM) return undefined;
  let known = negotiated.get(accept);
  if (!known) {
    const preferred = new Negotiator({ headers: { accept } }).mediaType(TYPES);
    known = { type: preferred === TYPES[2] ? undefined : preferred };
    negotiated.set(accept, known);
  }
  return known.type;
}
