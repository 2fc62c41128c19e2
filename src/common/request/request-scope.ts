import { AsyncLocalStorage } from 'node:async_hooks';
import type { FastifyRequest } from 'fastify';
import { languageOf } from '../i18n/accept-language.js';
import { FALLBACK_LANGUAGE } from '../i18n/languages.js';

/** What is known about the request that is being served; filled in as it is understood. */
export interface RequestScope {
  readonly requestId: string;
  readonly language: string;
  userId?: string;
  /** Where it came from, as far as rate limits distinguish; only where those are on. */
  address?: string;
  /** The name that the client gave its operation: for logs only, never a metric's label. */
  operationName?: string;
  /** Fields of Query or Mutation that are asked for: ours, so their number is bounded. */
  rootFields?: readonly string[];
  /** What the gate before all operations said. */
  judgement?: 'admitted' | { refused: unknown };
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

/** Makes the scope known to everything that `work` starts. */
export function withinScope(scope: RequestScope, work: () => void): void {
  storage.run(scope, work);
}

/** The scope of the request that the calling code works for; undefined in background work. */
export function currentScope(): RequestScope | undefined {
  return storage.getStore();
}

export function currentLanguage(): string {
  return storage.getStore()?.language ?? FALLBACK_LANGUAGE;
}
