import { requiredSeconds } from './coverage.js';
import { uuidv7 } from 'uuidv7';
import {
  BadUserInputError,
  ConflictError,
  NotFoundError,
} from '../../../common/errors/service-error.js';
import { creditBeat, SECONDS_MAXIMUM, type EvidenceRules } from '../evidence/credit-beat.js';
import { formatMultirange, parseMultirange } from '../evidence/ranges.js';
import type { ProgressRecord } from '../progress-record.js';
import type { BatchState } from './batch-state.js';
import {
  mayBegin,
  type AddWatchTimeChange,
  type ChangeOutcome,
  type CreateChange,
  type DeleteChange,
  type ProgressChange,
  type RecordWatchChange,
  type SetChange,
} from './progress-change.js';

export interface ChangeRules extends EvidenceRules {
  /** Share of the lesson's length that completes it by being watched; 0: never. */
  completeAtCoverage: number;
  /** Whether completing by hand needs that share. */
  requireCoverage: boolean;
}

/**
 * Applies one change to the state of its batch: what the next change of the same batch finds is what this one left.
 * A change that is refused throws and leaves the state as it was.
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
  }
}

function create(change: CreateChange, state: BatchState, rules: ChangeRules): ChangeOutcome {
  const previous = state.record(change.userId, change.lessonId);
  if (previous && previous.deletedAt === null) {
    throw new ConflictError('progressExists', { details: { id: previous.id } });
  }
  const record: ProgressRecord = {
    ...blank(change, change.durationSeconds, state.now, previous?.id),
    watchTimeSeconds: change.watchTimeSeconds,
  };
  if (change.completed) complete(record, state.now, rules);
  state.save(record);
  return { record };
}

function set(change: SetChange, state: BatchState, rules: ChangeRules): ChangeOutcome {
  const record = liveCopy(state, change);
  if (change.id !== undefined && change.id !== record.id) {
    throw new BadUserInputError('recordMismatch');
  }
  if (change.completed === true && !record.completed) complete(record, state.now, rules);
  if (change.completed === false) reopen(record);
  if (change.watchTimeSeconds !== undefined) record.watchTimeSeconds = change.watchTimeSeconds;
  return saved(record, state);
}

function addWatchTime(change: AddWatchTimeChange, state: BatchState): ChangeOutcome {
  const { idempotencyKey: key } = change;
  const fingerprint = `${change.lessonId} ${change.seconds}`;
  if (key !== undefined) {
    const first = state.result(change.userId, key);
    if (first && first.fingerprint !== fingerprint) throw new ConflictError('idempotencyMismatch');
    if (first) return { record: first.record };
  }
  const record = liveCopy(state, change);
  if (record.watchTimeSeconds > SECONDS_MAXIMUM - change.seconds) {
    throw new BadUserInputError('watchTimeOverflow');
  }
  record.watchTimeSeconds += change.seconds;
  const outcome = saved(record, state);
  if (key !== undefined) {
    state.saveResult({ userId: change.userId, key, fingerprint, record, isNew: true });
  }
  return outcome;
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
  const previous = state.record(change.userId, change.lessonId);
  const live = previous && previous.deletedAt === null ? previous : null;
  if (!live && !change.create) throw new NotFoundError('progressNotFound');
  if (live && live.courseId !== change.courseId) throw new BadUserInputError('recordMismatch');

  const record = live
    ? { ...live }
    : blank(change, change.create!.durationSeconds, state.now, previous?.id);
  const session = { ...state.session(change.userId, change.sessionId) };
  const watch = { ...record, watched: parseMultirange(record.watched) };
  const evidence = {
    state: watch,
    session,
    clock: state.clock(change.userId),
    durationSeconds: record.durationSeconds,
    now: state.now,
  };
  const beats = change.beats.map((beat) => creditBeat(beat, evidence, rules));

  const after: ProgressRecord = { ...watch, watched: formatMultirange(watch.watched) };
  if (!after.completed && completesByWatching(record, after, rules)) {
    after.completed = true;
    after.completedAt = state.now;
  }
  if (beats.some(({ result }) => result === 'COUNTED' || result === 'CLIPPED')) {
    state.saveSession(session);
  }
  return { ...saved(after, state), beats };
}

/** Only coverage that grows completes: a lesson that was reopened by hand stays open while it is rewatched. */
function completesByWatching(
  before: ProgressRecord,
  after: ProgressRecord,
  rules: ChangeRules,
): boolean {
  if (rules.completeAtCoverage === 0 || after.uniqueSeconds === before.uniqueSeconds) return false;
  const required = requiredSeconds(after, rules.completeAtCoverage);
  return required !== null && after.uniqueSeconds >= required;
}

function blank(
  target: { userId: string; lessonId: string; courseId: string },
  durationSeconds: number | null,
  now: Date,
  /** A deleted record is revived under its id, with nothing else of what it held. */
  id: string = uuidv7(),
): ProgressRecord {
  return {
    id,
    userId: target.userId,
    lessonId: target.lessonId,
    courseId: target.courseId,
    completed: false,
    completedAt: null,
    watchTimeSeconds: 0,
    positionSeconds: 0,
    positionAt: null,
    watched: '{}',
    uniqueSeconds: 0,
    rewatchedSeconds: 0,
    createdAt: now,
    updatedAt: now,
    deletedAt: null,
    durationSeconds,
  };
}

function liveCopy(
  state: BatchState,
  { userId, lessonId }: { userId: string; lessonId: string },
): ProgressRecord {
  const record = state.record(userId, lessonId);
  if (!record || record.deletedAt !== null) throw new NotFoundError('progressNotFound');
  return { ...record };
}

function saved(record: ProgressRecord, state: BatchState): ChangeOutcome {
  record.updatedAt = state.now;
  state.save(record);
  return { record };
}

function complete(record: ProgressRecord, now: Date, rules: ChangeRules): void {
  const required = requiredSeconds(record, rules.completeAtCoverage);
  // A lesson whose length nobody told cannot be judged: there a learner's word is taken.
  if (rules.requireCoverage && required !== null && record.uniqueSeconds < required) {
    const missing = required - record.uniqueSeconds;
    throw new BadUserInputError('coverageMissing', {
      args: { missing, required },
      details: { missingSeconds: missing, requiredSeconds: required },
    });
  }
  record.completed = true;
  record.completedAt = now;
}

function reopen(record: ProgressRecord): void {
  record.completed = false;
  record.completedAt = null;
}
