import { z } from 'zod';
import { integer } from './kinds.js';

/** Whether it is the name of a time zone, and not an offset: an offset has no daylight-saving time. */
function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return /^[A-Za-z]/.test(name);
  } catch {
    return false;
  }
}

/** What instructors and administrators see of learning. */
export const ANALYTICS = {
  /** The zone whose days and weeks the figures have, by its IANA name. */
  ANALYTICS_TIME_ZONE: z
    .string()
    .refine(isTimeZone, 'the IANA name of a time zone, for instance Europe/Berlin')
    .default('UTC'),
  /** How many of a learner's days are kept. */
  ANALYTICS_DAYS_KEPT: integer(800, 400, 36_500),
  /** Of how few learners curves, times to complete and weeks of enrolment are not shown. */
  ANALYTICS_MIN_GROUP: integer(5, 1, 1_000),
};
