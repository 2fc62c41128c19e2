import type { FastifyRequest } from 'fastify';
import Negotiator from 'negotiator';
import { GRAPHQL_PATH } from '../common/request/graphql-path.js';

/** Whether a browser opened the API's address, instead of a program that asks the API. */
export function wantsPage(request: FastifyRequest): boolean {
  if (request.method !== 'GET' || request.routeOptions.url !== GRAPHQL_PATH) return false;
  return (
    new Negotiator(request.raw).mediaType(['application/json', 'text/html']) === 'text/html' &&
    request.headers.accept !== undefined
  );
}
