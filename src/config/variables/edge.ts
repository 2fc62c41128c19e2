import { z } from 'zod';
import { flag, integer, list } from './kinds.js';

const PATH = /^\/[\w./-]*$/;

/** HTTP and GraphQL: where they are served, and what a request may be. */
export const EDGE = {
  CORS_ORIGINS: list,
  /** Where the API is served too. The default is where an ingress of the platform sends requests. */
  GRAPHQL_PATHS: list
    .refine(
      (paths) => paths.every((path) => PATH.test(path)),
      'expected are paths that begin with /',
    )
    .default(['/user-progress', '/user-progress/graphql']),
  /** How many proxies of ours stand in front: so far from its end X-Forwarded-For is believed. */
  TRUST_PROXY: integer(0, 0, 10),
  GRAPHIQL: z.enum(['true', 'false', 'auto']).default('auto'),
  /** GraphiQL opens with this token, and with the operations in this file; never in production. */
  GRAPHIQL_DEFAULT_TOKEN: z.string().default(''),
  GRAPHIQL_EXAMPLES: z.string().default(''),
  /** Folders whose files are the lesson page of the sandbox, at /userProgress/demo/; never in production. */
  LESSON_PAGE: list,
  INTROSPECTION: z.enum(['true', 'false', 'auto']).default('auto'),
  BODY_LIMIT_BYTES: integer(262_144, 1_024, 16_777_216),
  QUERY_COST_LIMIT: integer(1_000, 10, 1_000_000),
  /** What cursors are sealed with. Without it, a random key that is kept in the database. */
  CURSOR_SECRET: z.string().default(''),
  MAX_CONCURRENT_REQUESTS: integer(512, 1, 100_000),
  /** Without it, requests beyond that are refused by Fastify's hooks alone, which costs twice as much (docs/adr/0006). */
  REFUSE_BEFORE_PARSING: flag(true),
};
