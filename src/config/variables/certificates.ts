import { z } from 'zod';
import { integer } from './kinds.js';

/** What earns a certificate, and how that and events are delivered. */
export const CERTIFICATES = {
  CERTIFICATE_TRIGGER: z.enum(['course', 'lesson']).default('course'),
  /** Whether the certificate service's check is tried out, and asked where it can be trusted; or not asked at all. */
  CERTIFICATE_CHECK: z.enum(['auto', 'ignore']).default('auto'),
  /** The longest pause after an error that the certificate service answered with. */
  CERTIFICATE_RETRY_MAX_SECONDS: integer(30, 1, 86_400),
  OUTBOX_POLL_MS: integer(1_000, 20, 600_000),
  OUTBOX_LEASE_SECONDS: integer(15, 1, 3_600),
  OUTBOX_CONCURRENCY: integer(16, 1, 1_000),
  OUTBOX_BACKOFF_MAX_SECONDS: integer(20, 1, 86_400),
};
