import { z } from 'zod';
import { flag } from './kinds.js';

/** The original service's table. */
export const ADOPTION = {
  /** Adopt the original service's table, where the database holds it. */
  ADOPT_EXISTING: flag(false),
  /** Where the original's clocks were: its times have no zone. */
  ADOPT_TIME_ZONE: z.string().min(1).default('UTC'),
  ADOPT_CERTIFICATES: z.enum(['assume', 'check', 'request']).default('check'),
};
