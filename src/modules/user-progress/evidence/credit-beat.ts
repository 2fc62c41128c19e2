import type { LearnerClock } from './learner-clock.js';
import { LESSON_FRAGMENTS_MAXIMUM, SECONDS_MAXIMUM, SESSION_FRAGMENTS_MAXIMUM } from './limits.js';
import {
  contains,
  grow,
  growthBy,
  intersect,
  type GrowingRanges,
  type Growth,
  type Ranges,
} from './ranges.js';
import { isReused, latestWith, type CountedBeats } from './session.js';
import { isWellFormed } from './well-formed.js';

/** A player's claim: it played `[from, to)`, in whole seconds of media, at `rate`, until the client's time `at`. */
export interface Beat {
  seq: number;
  from: number;
  to: number;
  rate: number;
  at: Date;
}

export type BeatResult = 'COUNTED' | 'DUPLICATE' | 'CLIPPED' | 'REJECTED';

export type BeatReason =
  | 'MALFORMED'
  | 'ALREADY_COUNTED'
  | 'SESSION_REUSED'
  | 'IN_THE_FUTURE'
  | 'TOO_OLD'
  | 'BEFORE_DELETION'
  | 'BEYOND_THE_END'
  | 'FASTER_THAN_ALLOWED'
  | 'CLOCK_ALREADY_CREDITED'
  | 'SESSION_TOO_FRAGMENTED'
  | 'LESSON_TOO_FRAGMENTED'
  | 'WATCH_TIME_FULL';

export interface BeatOutcome {
  seq: number;
  result: BeatResult;
  /** Seconds of media added to the watch time. */
  creditedSeconds: number;
  reason: BeatReason | null;
}

/** The limits for what is plausible. */
export interface EvidenceRules {
  maxRate: number;
  /** Media seconds in an hour that may exceed the clock. */
  slackSeconds: number;
  maxAgeSeconds: number;
  maxAheadSeconds: number;
}

/** The values that the beats of one learner in one lesson change. Mutated by `creditBeat`. */
export interface WatchState {
  watched: GrowingRanges;
  /** The part of `watched` that was credited at least twice. */
  watchedAgain: GrowingRanges;
  watchTimeSeconds: number;
  uniqueSeconds: number;
  rewatchedSeconds: number;
  positionSeconds: number;
  positionAt: Date | null;
  /** When the record was reopened by hand, and what was seen since; null if it was not. */
  reopenedAt: Date | null;
  seenSince: GrowingRanges | null;
  /** When the record was deleted that this one revives; null if there was none. */
  evidenceAfter: Date | null;
}

export interface Evidence {
  state: WatchState;
  session: CountedBeats;
  clock: LearnerClock;
  /** Null when the lesson's length is not known: then nothing is clipped at its end. */
  durationSeconds: number | null;
  now: Date;
}

const CLOCK_RATE_STEP_MILLI = 50;

/**
 * Counts one beat, once, as far as it is plausible.
 *
 * A beat claims the stretch of wall clock in which it was played. Parts of it that were already credited, on any
 * device, are not credited again (`LearnerClock`). A small slack in each hour absorbs the rounding of players that send
 * whole seconds. Seconds that are not credited do not enter the coverage either.
 *
 * A rejected beat changes nothing, so it may be sent again when it has become plausible.
 */
export function creditBeat(beat: Beat, evidence: Evidence, rules: EvidenceRules): BeatOutcome {
  const { state, session, clock, durationSeconds } = evidence;
  const nowSeconds = Math.floor(evidence.now.getTime() / 1_000);
  const atSeconds = Math.floor(beat.at.getTime() / 1_000);

  if (!isWellFormed(beat)) return rejected(beat, 'MALFORMED');
  if (contains(session.counted, beat.seq)) {
    return isReused(session, beat)
      ? rejected(beat, 'SESSION_REUSED')
      : outcome(beat, 'DUPLICATE', 0, 'ALREADY_COUNTED');
  }
  if (atSeconds > nowSeconds + rules.maxAheadSeconds) return rejected(beat, 'IN_THE_FUTURE');
  if (atSeconds < nowSeconds - rules.maxAgeSeconds) return rejected(beat, 'TOO_OLD');
  if (isOfDeleted(state, beat, evidence.now)) return rejected(beat, 'BEFORE_DELETION');
  const numbered = growthBy(session.counted, beat.seq, beat.seq + 1);
  if (isTooMany(session.counted, numbered, SESSION_FRAGMENTS_MAXIMUM)) {
    return rejected(beat, 'SESSION_TOO_FRAGMENTED');
  }

  const to = durationSeconds === null ? beat.to : Math.min(beat.to, durationSeconds);
  const claimed = beat.to - beat.from;
  const played = to - beat.from;
  if (claimed > 0 && played <= 0) return rejected(beat, 'BEYOND_THE_END');

  const end = Math.min(atSeconds, nowSeconds);
  const room = SECONDS_MAXIMUM - state.watchTimeSeconds;
  if (claimed > 0 && room === 0) return rejected(beat, 'WATCH_TIME_FULL');
  const claim = claimOf(clock, end, played, beat.rate, rules);
  const plausible = claim.byClock + claim.bySlack;
  const credited = Math.min(plausible, room);
  if (claimed > 0 && credited === 0) return rejected(beat, 'CLOCK_ALREADY_CREDITED');

  const seen = growthBy(state.watched, to - credited, to);
  if (isTooMany(state.watched, seen, LESSON_FRAGMENTS_MAXIMUM)) {
    return rejected(beat, 'LESSON_TOO_FRAGMENTED');
  }

  // Nothing is changed above, so that a rejected beat leaves no trace.
  if (claim.byClock > 0) clock.claim(end - claim.span, end, claim.rateMilli);
  clock.useSlack(end, credited - claim.byClock);
  session.latest = latestWith(session, beat);
  grow(session.counted, numbered);
  if (seen.numbers < credited) growWatchedAgain(state, [to - credited, to]);
  grow(state.watched, seen);
  state.uniqueSeconds += seen.numbers;
  state.rewatchedSeconds += credited - seen.numbers;
  state.watchTimeSeconds += credited;
  growSeenSince(state, beat, claim.span, [to - credited, to], evidence.now);
  movePosition(state, beat, to, evidence.now);

  if (credited === claimed) return outcome(beat, 'COUNTED', credited, null);
  if (played < claimed && credited === played) {
    return outcome(beat, 'CLIPPED', credited, 'BEYOND_THE_END');
  }
  return outcome(beat, 'CLIPPED', credited, clippedBy(beat, plausible > room, rules));
}

/** Whether ranges would become more than a row may hold. What extends a range, or fills a gap, always fits. */
const isTooMany = (ranges: Ranges, { fragments }: Growth, maximum: number): boolean =>
  fragments > 0 && ranges.length >= maximum;

const clippedBy = (beat: Beat, isFull: boolean, rules: EvidenceRules): BeatReason => {
  if (isFull) return 'WATCH_TIME_FULL';
  return beat.rate > rules.maxRate ? 'FASTER_THAN_ALLOWED' : 'CLOCK_ALREADY_CREDITED';
};

/** What a beat claims of the learner's clock, and how many seconds of media that would credit. */
interface Claim {
  /** Seconds of wall clock. */
  span: number;
  rateMilli: number;
  byClock: number;
  bySlack: number;
}

/** Computes a claim; the clock stays as it is. */
function claimOf(
  clock: LearnerClock,
  end: number,
  played: number,
  rate: number,
  rules: EvidenceRules,
): Claim {
  if (played <= 0) return { span: 0, rateMilli: 0, byClock: 0, bySlack: 0 };
  const span = wallSeconds(played, rate, rules.maxRate);
  const rateMilli = clockRate(Math.min(rate, rules.maxRate));
  const allowed = Math.min(played, Math.floor(span * rules.maxRate));
  const free = clock.free(end - span, end, rateMilli);
  const byClock = Math.floor((allowed * free) / (span * rateMilli));
  const bySlack = Math.min(allowed - byClock, clock.slackLeft(end, rules.slackSeconds));
  return { span, rateMilli, byClock, bySlack };
}

/** The rate under which the clock stores a claim, in thousandths: rounded up to a twentieth, so that there are few. */
const clockRate = (rate: number): number =>
  Math.ceil(Math.round(rate * 1_000) / CLOCK_RATE_STEP_MILLI) * CLOCK_RATE_STEP_MILLI;

/**
 * The stretch of wall clock, in whole seconds, in which a player at `rate` reports `played` seconds. When the division
 * has a remainder it is the shortest one: `from` and `to` are rounded down, so the true stretch may be up to a second
 * of media shorter. It is never so short that the rate would exceed the largest rate, except for a player that claims a
 * higher one.
 */
export function wallSeconds(played: number, rate: number, maxRate: number): number {
  const exact = played / rate;
  const shortest = Number.isInteger(exact)
    ? exact
    : Math.min(Math.floor((played - 1) / rate) + 1, Math.floor(exact));
  const floor = rate <= maxRate ? Math.ceil(played / maxRate) : 1;
  return Math.max(shortest, floor, 1);
}

const cappedAt = (beat: Beat, now: Date): number => Math.min(beat.at.getTime(), now.getTime());

/** Whether the beat belongs to the record that was deleted. A clock that is ahead counts as now. */
const isOfDeleted = ({ evidenceAfter }: WatchState, beat: Beat, now: Date): boolean =>
  evidenceAfter !== null && cappedAt(beat, now) <= evidenceAfter.getTime();

/** Keeps what was seen before, in this batch or an earlier one. Call it before the beat is in `watched`. */
function growWatchedAgain(
  { watched, watchedAgain }: WatchState,
  credited: readonly [number, number],
): void {
  for (const [from, to] of intersect(watched, [credited])) {
    const seen = growthBy(watchedAgain, from, to);
    if (!isTooMany(watchedAgain, seen, LESSON_FRAGMENTS_MAXIMUM)) grow(watchedAgain, seen);
  }
}

/** Keeps what was seen since the record was reopened. A beat counts if all of it was played after that. */
function growSeenSince(
  state: WatchState,
  beat: Beat,
  span: number,
  [from, to]: readonly [number, number],
  now: Date,
): void {
  if (state.reopenedAt === null || state.seenSince === null) return;
  if (cappedAt(beat, now) - span * 1_000 < state.reopenedAt.getTime()) return;
  const seen = growthBy(state.seenSince, from, to);
  if (!isTooMany(state.seenSince, seen, LESSON_FRAGMENTS_MAXIMUM)) grow(state.seenSince, seen);
}

/** The resume position is that of the latest beat by the client's clock, in whatever order beats arrive. */
function movePosition(state: WatchState, beat: Beat, position: number, now: Date): void {
  const at = beat.at.getTime() > now.getTime() ? now : beat.at;
  const previous = state.positionAt?.getTime() ?? Number.NEGATIVE_INFINITY;
  if (at.getTime() < previous) return;
  if (at.getTime() === previous && position < state.positionSeconds) return;
  state.positionAt = at;
  state.positionSeconds = position;
}

function outcome(
  beat: Beat,
  result: BeatResult,
  creditedSeconds: number,
  reason: BeatReason | null,
): BeatOutcome {
  return { seq: beat.seq, result, creditedSeconds, reason };
}

const rejected = (beat: Beat, reason: BeatReason): BeatOutcome =>
  outcome(beat, 'REJECTED', 0, reason);
