import type { Identity } from '../identity/identity.js';
import type { RequestLoaders } from './request-loaders.js';

/** What resolvers know about their request. Each request has its own object. */
export interface GraphqlContext {
  /** The identity behind the request; null when it has no token. */
  readonly identity: Identity | null;
  /** One of `LANGUAGES`, negotiated from Accept-Language. */
  readonly language: string;
  /** The caller's `x-request-id`, or a generated one; returned in the same header. */
  readonly requestId: string;
  /** The loaders of this request, with the values that they have read. */
  readonly loaders: RequestLoaders;
}
