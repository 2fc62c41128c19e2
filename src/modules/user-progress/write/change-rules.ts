import type { Environment } from '../../../config/environment.js';
import type { ChangeRules } from '../changes/apply-change.js';

/** The rules of changes, as they are configured. */
export const changeRules = (environment: Environment): ChangeRules => ({
  maxRate: environment.WATCH_MAX_RATE,
  slackSeconds: environment.WATCH_SLACK_SECONDS,
  maxAgeSeconds: environment.WATCH_MAX_AGE_HOURS * 3_600,
  maxAheadSeconds: environment.WATCH_MAX_AHEAD_SECONDS,
  completeAtCoverage: environment.COMPLETE_AT_COVERAGE,
  requireCoverage: environment.REQUIRE_COVERAGE,
});
