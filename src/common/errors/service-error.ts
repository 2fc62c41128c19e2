/** The codes that a client can meet, each with its HTTP-like status. */
export const ERROR_STATUS = {
  BAD_USER_INPUT: 400,
  /** A protocol code of GraphQL clients: they send the document itself instead of its hash. */
  PERSISTED_QUERY_NOT_SUPPORTED: 400,
  UNAUTHENTICATED: 401,
  FORBIDDEN: 403,
  NOT_FOUND: 404,
  CONFLICT: 409,
  RATE_LIMITED: 429,
  SERVICE_UNAVAILABLE: 503,
  INTERNAL_SERVER_ERROR: 500,
} as const;

export type ErrorCode = keyof typeof ERROR_STATUS;

/** One input field and its problem; `message` is already translated. */
export interface FieldError {
  field: string;
  message: string;
}

export interface ServiceErrorOptions {
  /** Values for the placeholders of the translation. */
  args?: Record<string, string | number>;
  /** Further `extensions` of the GraphQL error, safe to show to a client. */
  details?: Record<string, unknown>;
  /** The underlying error: logged, never shown to a client. */
  cause?: unknown;
}

/**
 * An expected failure: it has a code, and a message key of `src/common/i18n/<language>/errors.json`. Any other error is
 * unexpected: logged once, and the client sees only its id.
 */
export abstract class ServiceError extends Error {
  abstract readonly code: ErrorCode;
  readonly args: Record<string, string | number>;
  readonly details: Record<string, unknown>;

  constructor(
    /** Key below `errors.`, for instance `progressNotFound`. */
    readonly messageKey: string,
    options: ServiceErrorOptions = {},
  ) {
    super(messageKey, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = new.target.name;
    this.args = options.args ?? {};
    this.details = options.details ?? {};
  }
}

export class BadUserInputError extends ServiceError {
  readonly code = 'BAD_USER_INPUT';
}

export class UnauthenticatedError extends ServiceError {
  readonly code = 'UNAUTHENTICATED';
  constructor(messageKey = 'unauthenticated', options: ServiceErrorOptions = {}) {
    super(messageKey, options);
  }
}

export class ForbiddenError extends ServiceError {
  readonly code = 'FORBIDDEN';
  constructor(messageKey = 'forbidden', options: ServiceErrorOptions = {}) {
    super(messageKey, options);
  }
}

export class NotFoundError extends ServiceError {
  readonly code = 'NOT_FOUND';
}

export class ConflictError extends ServiceError {
  readonly code = 'CONFLICT';
}

export class RateLimitedError extends ServiceError {
  readonly code = 'RATE_LIMITED';
  constructor(readonly retryAfterSeconds: number) {
    super('rateLimited', { args: { seconds: retryAfterSeconds }, details: { retryAfterSeconds } });
  }
}

/** The request is correct: the same one may succeed later. */
export class ServiceUnavailableError extends ServiceError {
  readonly code = 'SERVICE_UNAVAILABLE';
  constructor(messageKey = 'serviceUnavailable', options: ServiceErrorOptions = {}) {
    super(messageKey, options);
  }
}
