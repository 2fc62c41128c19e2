import type { Identity } from '../identity/identity.js';
import type { RequestLoaders } from './request-loaders.js';

/** What resolvers know about the request they answer: a fresh object a request. */
export interface GraphqlContext {
  /** Who asks; null where no token was sent. */
  readonly identity: Identity | null;
  /** One of `LANGUAGES`, negotiated from Accept-Language. */
  readonly language: string;
  /** The caller's `x-request-id`, or one of ours; returned in the same header. */
  readonly requestId: string;
  /** What the request read already; lives as long as the request. */
  readonly loaders: RequestLoaders;
}
