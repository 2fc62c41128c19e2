import type {
  Beat,
  Evidence,
  EvidenceRules,
} from '../../src/modules/user-progress/evidence/credit-beat.js';
import { LearnerClock } from '../../src/modules/user-progress/evidence/learner-clock.js';

export const EVIDENCE_RULES: EvidenceRules = {
  maxRate: 2,
  slackSeconds: 5,
  maxAgeSeconds: 7 * 86_400,
  maxAheadSeconds: 60,
};

/** In the middle of an hour, so that a test's beats share its slack. */
const EVIDENCE_NOW = new Date('2026-03-01T12:30:00Z');

/** The time that many seconds before `EVIDENCE_NOW`. */
export const secondsAgo = (seconds: number): Date =>
  new Date(EVIDENCE_NOW.getTime() - seconds * 1_000);

/** A learner who has seen nothing of a lesson of ten minutes. */
export function anEvidence(given: Partial<Omit<Evidence, 'state'>> = {}): Evidence {
  return {
    state: {
      watched: [],
      watchedAgain: [],
      watchTimeSeconds: 0,
      uniqueSeconds: 0,
      rewatchedSeconds: 0,
      positionSeconds: 0,
      positionAt: null,
      reopenedAt: null,
      seenSince: null,
      evidenceAfter: null,
    },
    session: { counted: [] },
    clock: new LearnerClock(),
    durationSeconds: 600,
    now: EVIDENCE_NOW,
    ...given,
  };
}

/** The first ten seconds of a lesson, watched until now. */
export const aBeat = (given: Partial<Beat> = {}): Beat => ({
  seq: 1,
  from: 0,
  to: 10,
  rate: 1,
  at: EVIDENCE_NOW,
  ...given,
});
