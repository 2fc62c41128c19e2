import { z } from 'zod';
import { flag, isUrlOf, list } from './kinds.js';

const WEB = ['https:', 'http:'];

const isOrigin = (text: string): boolean => isUrlOf(WEB, text) && new URL(text).origin === text;

/** The pages at /userProgress/dashboard. */
export const DASHBOARD = {
  DASHBOARD_ENABLED: flag(true),
  /** Whose pages may show the dashboard in a frame, and hand it a token. */
  DASHBOARD_EMBED_ORIGINS: list.refine(
    (origins) => origins.every(isOrigin),
    'expected are origins, for instance https://learn.example',
  ),
  /** Where somebody without a token signs in; `{returnTo}` in it becomes the dashboard's address. */
  DASHBOARD_SIGN_IN_URL: z
    .string()
    .default('')
    .refine((text) => text === '' || isUrlOf(WEB, text), 'expected is an address'),
  /** Where a learner is shown; `{userId}` in it becomes their id. */
  DASHBOARD_LEARNER_URL: z
    .string()
    .default('')
    .refine(
      (text) => text === '' || (isUrlOf(WEB, text) && text.includes('{userId}')),
      'expected is an address with {userId} in it',
    ),
  /** Where a lesson is watched; `{courseId}`, `{lessonId}` and `{second}` in it become those. */
  DASHBOARD_LESSON_URL: z
    .string()
    .default('')
    .refine(
      (text) => text === '' || (isUrlOf(WEB, text) && text.includes('{lessonId}')),
      'expected is an address with {lessonId} in it',
    ),
};
