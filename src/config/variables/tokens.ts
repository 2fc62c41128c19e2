import { z } from 'zod';
import { flag, integer, isUrlOf } from './kinds.js';

/** Who is asking, and how that is known. */
export const TOKENS = {
  JWT_SECRET: z.string().default(''),
  JWKS_URL: z
    .string()
    .default('')
    .refine(
      (url) => url === '' || isUrlOf(['https:', 'http:'], url),
      'expected is https://… or http://…',
    ),
  JWT_ISSUER: z.string().default(''),
  JWT_AUDIENCE: z.string().default(''),
  JWT_SERVICE_ROLE: z.string().min(1).default('service'),
  /** How long a token is good after its `iat`; 0: as long as its `exp` says, which it must have then. */
  JWT_MAX_AGE_SECONDS: integer(0, 0, 31_536_000),
  /** The longest that a token may last, from its `iat` (or now) to its `exp`; 0: as long as it says. */
  JWT_MAX_LIFETIME_SECONDS: integer(34_560_000, 0, 3_153_600_000),
  /** Where a user's role comes from; `auto`: from the token where it has one, else from the user service. */
  AUTH_ROLE: z.enum(['token', 'directory', 'auto']).default('auto'),
  AUTH_VERIFY_USER: flag(false),
  /** While the user service cannot be asked, how long what it last said of somebody who asks is believed. */
  AUTH_KNOWN_SECONDS: integer(3_600, 0, 604_800),
};
