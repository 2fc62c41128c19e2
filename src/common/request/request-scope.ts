import { AsyncLocalStorage } from 'node:async_hooks';
import type { FastifyRequest } from 'fastify';
import { languageOf } from '../i18n/accept-language.js';
import { FALLBACK_LANGUAGE } from '../i18n/languages.js';

/** What is known about the current request; filled in step by step. */
export interface RequestScope {
  readonly requestId: string;
  readonly language: string;
  userId?: string;
  /** The key of the client's address for rate limits; set only when these are on. */
  address?: string;
  /** The client's own name for its operation: only for logs, never a metric's label. */
  operationName?: string;
  /** The requested fields of Query or Mutation. They come from our schema, so their number is bounded. */
  rootFields?: readonly string[];
  /** The decision of the operation gate. */
  judgement?: 'admitted' | { refused: unknown };
  /** Resolves when it is its user's turn; set where it must wait. */
  turn?: Promise<void>;
  /** Code of the first error. */
  errorCode?: string;
}

declare module 'fastify' {
  interface FastifyRequest {
    scope: RequestScope | null;
  }
}

const storage = new AsyncLocalStorage<RequestScope>();

export function scopeOf(request: FastifyRequest): RequestScope {
  request.scope ??= {
    requestId: request.id,
    language: languageOf(request.headers),
  };
  return request.scope;
}

/** Makes the scope available to everything that `work` starts. */
export function withinScope(scope: RequestScope, work: () => void): void {
  storage.run(scope, work);
}

/** The scope of the current request; undefined in background work. */
export function currentScope(): RequestScope | undefined {
  return storage.getStore();
}

export function currentLanguage(): string {
  return storage.getStore()?.language ?? FALLBACK_LANGUAGE;
}
