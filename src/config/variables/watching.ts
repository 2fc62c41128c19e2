import { decimal, flag, integer } from './kinds.js';

/** What watching a lesson counts. */
export const WATCHING = {
  /** Share of a lesson's duration that completes it by being watched; 0 turns it off. */
  COMPLETE_AT_COVERAGE: decimal(0.9, 0, 1),
  REQUIRE_COVERAGE: flag(false),
  /** The largest playback rate that is credited. */
  WATCH_MAX_RATE: decimal(2, 0.25, 16),
  /** Media seconds an hour that may exceed the learner's own clock (rounding, drift). */
  WATCH_SLACK_SECONDS: integer(5, 0, 600),
  /** A beat older than this (offline catch-up) is rejected. */
  WATCH_MAX_AGE_HOURS: integer(168, 1, 8_760),
  /** How far a client's clock may run ahead. */
  WATCH_MAX_AHEAD_SECONDS: integer(60, 0, 3_600),
};
