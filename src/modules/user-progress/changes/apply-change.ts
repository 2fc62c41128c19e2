import { uuidv7 } from 'uuidv7';
import {
  BadUserInputError,
  ConflictError,
  NotFoundError,
} from '../../../common/errors/service-error.js';
import {
  creditBeat,
  type Beat,
  type BeatOutcome,
  type EvidenceRules,
} from '../evidence/credit-beat.js';
import { SECONDS_MAXIMUM } from '../evidence/limits.js';
import { formatMultirange, NOTHING, parseMultirange } from '../evidence/ranges.js';
import type { LessonKey } from '../lesson-key.js';
import { INITIAL_VALUES, isSameRecord, type ProgressRecord } from '../progress-record.js';
import { moveHome } from './batch-homes.js';
import type { BatchState } from './batch-state.js';
import { isCovered, requiredSeconds } from './coverage.js';
import { OtherHomeError } from './other-home.error.js';
import {
  mayBegin,
  mayReconcile,
  type AddWatchTimeChange,
  type ChangeOutcome,
  type CreateChange,
  type DeleteChange,
  type ProgressChange,
  type RecordWatchChange,
  type SetChange,
  type ReconcileChange,
} from './progress-change.js';

export interface ChangeRules extends EvidenceRules {
  /** Share of the lesson's length that must be seen to complete it by watching; 0: watching never completes it. */
  completeAtCoverage: number;
  /** Whether completing by hand needs that share, too. */
  requireCoverage: boolean;
}

/**
 * Applies one change to the state of its batch. The next change of the batch sees its result. A change that is refused
 * throws, and leaves the state unchanged, but for a record that a refused `create` brings home.
 */
export function applyChange(
  change: ProgressChange,
  state: BatchState,
  rules: ChangeRules,
): ChangeOutcome {
  if (mayBegin(change) && state.erased.has(change.userId)) throw new NotFoundError('userErased');
  switch (change.kind) {
    case 'create':
      return create(change, state, rules);
    case 'set':
      return set(change, state, rules);
    case 'addWatchTime':
      return addWatchTime(change, state);
    case 'delete':
      return remove(change, state);
    case 'recordWatch':
      return recordWatch(change, state, rules);
    case 'reconcile':
      return reconcile(change, state, rules);
  }
}

function create(change: CreateChange, state: BatchState, rules: ChangeRules): ChangeOutcome {
  const previous = state.records.find(change.userId, change.lessonId);
  const home = state.homes.find(change, change.courseId);
  if (previous && previous.deletedAt === null) {
    const moved = { ...previous };
    if (moveHome(moved, home)) state.records.save(moved);
    throw new ConflictError('progressExists', { details: { id: previous.id } });
  }
  const record: ProgressRecord = {
    ...blank(change, change.durationSeconds, state.now, previous),
    watchTimeSeconds: change.watchTimeSeconds,
  };
  moveHome(record, home);
  if (change.completed) completeByHand(record, state.now, rules);
  state.records.save(record);
  state.activity.add(record, state.now, record.watchTimeSeconds);
  return { record };
}

function set(change: SetChange, state: BatchState, rules: ChangeRules): ChangeOutcome {
  const record = liveCopy(state, change);
  if (change.id !== undefined && change.id !== record.id) {
    throw new BadUserInputError('recordMismatch');
  }
  const completes = change.completed === true && !record.completed;
  const former = record.watchTimeSeconds;
  if (completes) completeByHand(record, state.now, rules);
  if (change.completed === false && record.completed) reopen(record, state.now);
  if (change.watchTimeSeconds !== undefined) record.watchTimeSeconds = change.watchTimeSeconds;
  const growth = Math.max(0, record.watchTimeSeconds - former);
  if (completes || growth > 0) state.activity.add(record, state.now, growth);
  return saved(record, state);
}

function addWatchTime(change: AddWatchTimeChange, state: BatchState): ChangeOutcome {
  const { idempotencyKey: key } = change;
  const fingerprint = `${change.lessonId} ${change.seconds}`;
  if (key !== undefined) {
    const first = state.results.find(change.userId, key);
    if (first && first.fingerprint !== fingerprint) throw new ConflictError('idempotencyMismatch');
    if (first) return { record: repeated(first.record, state) };
  }
  const record = liveCopy(state, change);
  if (record.watchTimeSeconds > SECONDS_MAXIMUM - change.seconds) {
    throw new BadUserInputError('watchTimeOverflow');
  }
  record.watchTimeSeconds += change.seconds;
  if (change.seconds > 0) state.activity.add(record, state.now, change.seconds);
  const outcome = saved(record, state);
  if (key !== undefined) {
    state.results.save({ userId: change.userId, key, fingerprint, record, isNew: true });
  }
  return outcome;
}

/** The first answer again. The stretches that were seen are not stored with it, so they are those of now. */
function repeated(first: ProgressRecord, state: BatchState): ProgressRecord {
  const present = state.records.find(first.userId, first.lessonId);
  return present ? { ...first, watched: present.watched } : first;
}

function remove(change: DeleteChange, state: BatchState): ChangeOutcome {
  const record = liveCopy(state, change);
  if (record.id !== change.id) throw new NotFoundError('progressNotFound');
  record.deletedAt = state.now;
  return saved(record, state);
}

function recordWatch(
  change: RecordWatchChange,
  state: BatchState,
  rules: ChangeRules,
): ChangeOutcome {
  const previous = state.records.find(change.userId, change.lessonId);
  const live = previous && previous.deletedAt === null ? previous : null;
  if (!live && !change.create) throw new NotFoundError('progressNotFound');
  if (live && live.courseId !== change.courseId && !mayReconcile(change)) {
    throw new OtherHomeError(live.courseId);
  }

  const record = live
    ? { ...live }
    : blank(change, change.create!.durationSeconds, state.now, previous);
  if (mayReconcile(change)) moveHome(record, state.homes.find(change, change.courseId));
  const session = { ...state.evidence.session(change.userId, change.sessionId) };
  const watch = {
    ...record,
    watched: parseMultirange(record.watched),
    watchedAgain: parseMultirange(record.watchedAgain),
    seenSince: record.seenSince === null ? null : parseMultirange(record.seenSince),
  };
  const evidence = {
    state: watch,
    session,
    clock: state.evidence.clock(change.userId),
    durationSeconds: record.durationSeconds,
    now: state.now,
  };
  const beats = new Array<BeatOutcome>(change.beats.length);
  let coveredAt: Date | null = null;
  for (const index of inOrderOfTime(change.beats)) {
    const outcome = creditBeat(change.beats[index]!, evidence, rules);
    beats[index] = outcome;
    if (coveredAt === null && isCounted(outcome) && isCovered(watch, rules.completeAtCoverage)) {
      // An older beat may arrive late, and was not the last to be watched: so the latest beat so far dates it.
      coveredAt = watch.positionAt;
    }
  }
  // Beats that do not count leave no trace: no record begins, and none changes or moves.
  if (!beats.some(isCounted)) return { record: live ?? record, beats, judgedAt: state.now };

  const after: ProgressRecord = {
    ...watch,
    watched: formatMultirange(watch.watched),
    watchedAgain: formatMultirange(watch.watchedAgain),
    seenSince: watch.seenSince && formatMultirange(watch.seenSince),
  };
  const completedAt = after.completed ? null : coveredAt;
  if (completedAt) complete(after, completedAt);
  noteBeats(change.beats, beats, { record: after, begins: !live, state });
  if (completedAt) state.activity.add(after, completedAt, 0);
  state.evidence.saveSession(session);
  return { ...saved(after, state), beats, judgedAt: state.now };
}

/** A counted beat is activity when seconds are credited to it, or when the record begins with it. */
function noteBeats(
  beats: readonly Beat[],
  outcomes: readonly BeatOutcome[],
  { record, begins, state }: { record: ProgressRecord; begins: boolean; state: BatchState },
): void {
  const activity = state.activity.begin(record);
  const now = state.now.getTime();
  for (let index = 0; index < beats.length; index += 1) {
    const outcome = outcomes[index]!;
    const { at } = beats[index]!;
    if (outcome.creditedSeconds === 0 && !(begins && isCounted(outcome))) continue;
    activity.add(record.courseId, at.getTime() < now ? at : state.now, outcome.creditedSeconds);
  }
}

const isCounted = ({ result }: BeatOutcome): boolean =>
  result === 'COUNTED' || result === 'CLIPPED';

/** The indices of the beats, the earliest beat first: a player that was offline may send them in any order. */
const inOrderOfTime = (beats: readonly Beat[]): number[] =>
  [...beats.keys()].sort((one, other) => beats[one]!.at.getTime() - beats[other]!.at.getTime());

function reconcile(change: ReconcileChange, state: BatchState, rules: ChangeRules): ChangeOutcome {
  const record = liveCopy(state, change);
  const moved = moveHome(record, state.homes.find(change, null));
  const completed = !record.completed && isCovered(record, rules.completeAtCoverage);
  if (completed) complete(record, state.now);
  return moved || completed ? saved(record, state) : { record };
}

function blank(
  target: LessonKey & { courseId: string },
  durationSeconds: number | null,
  now: Date,
  /** A deleted record is revived under its id. Nothing else of its contents is kept. */
  deleted: ProgressRecord | null,
): ProgressRecord {
  return {
    ...INITIAL_VALUES,
    id: deleted?.id ?? uuidv7(),
    evidenceAfter: deleted?.deletedAt ?? null,
    userId: target.userId,
    lessonId: target.lessonId,
    courseId: target.courseId,
    createdAt: now,
    updatedAt: now,
    durationSeconds,
  };
}

function liveCopy(state: BatchState, { userId, lessonId }: LessonKey): ProgressRecord {
  const record = state.records.find(userId, lessonId);
  if (!record || record.deletedAt !== null) throw new NotFoundError('progressNotFound');
  return { ...record };
}

/** Saves the record, unless nothing changed: then nothing is written, and the time of its last change stays. */
function saved(record: ProgressRecord, state: BatchState): ChangeOutcome {
  const before = state.records.find(record.userId, record.lessonId);
  if (before && isSameRecord(before, record)) return { record: before };
  record.updatedAt = state.now;
  state.records.save(record);
  return { record };
}

function completeByHand(record: ProgressRecord, now: Date, rules: ChangeRules): void {
  const required = requiredSeconds(record, rules.completeAtCoverage);
  // Without the lesson's length, coverage is unknown: accept the learner's claim.
  if (rules.requireCoverage && required !== null && record.uniqueSeconds < required) {
    const missing = required - record.uniqueSeconds;
    throw new BadUserInputError('coverageMissing', {
      args: { missing, required },
      details: { missingSeconds: missing, requiredSeconds: required },
    });
  }
  complete(record, now);
}

function complete(record: ProgressRecord, at: Date): void {
  record.completed = true;
  record.completedAt = at;
  record.reopenedAt = null;
  record.seenSince = null;
}

/** The record keeps what it has, but only what is seen from now on completes it again by watching. */
function reopen(record: ProgressRecord, now: Date): void {
  record.completed = false;
  record.completedAt = null;
  record.reopenedAt = now;
  record.seenSince = formatMultirange(NOTHING);
}
