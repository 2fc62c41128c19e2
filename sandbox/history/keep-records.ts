import { V7Generator } from 'uuidv7';
import type { ChangeRules } from '../../src/modules/user-progress/changes/apply-change.js';
import type { Beat } from '../../src/modules/user-progress/evidence/credit-beat.js';
import type { LessonMove } from '../../src/modules/analytics/journal/move.js';
import type { ProgressRecord } from '../../src/modules/user-progress/progress-record.js';
import type { Sitting } from './behaviour/sitting.ts';
import type { ServiceCode } from './service-code.ts';

/** What the service would have stored of a learner. */
export interface KeptHistory {
  records: ProgressRecord[];
  /** By how much the records move the figures of analytics. */
  moves: LessonMove[];
}

/** The service's defaults. */
const RULES: ChangeRules = {
  ...{ maxRate: 2, slackSeconds: 5, maxAgeSeconds: 604_800, maxAheadSeconds: 60 },
  ...{ completeAtCoverage: 0.9, requireCoverage: false },
};
/** Media seconds from one beat to the next: figures of days are exact to a beat. */
const BEAT_SECONDS = 240;

const ids = new V7Generator();

/** Has the service's own rules count each sitting, as if its player had sent the beats at the time. */
export function keepRecords(
  userId: string,
  sittings: readonly Sitting[],
  {
    applyChange,
    BatchState,
    batchMoves,
  }: Pick<ServiceCode, 'applyChange' | 'BatchState' | 'batchMoves'>,
): KeptHistory {
  const state = new BatchState();
  sittings.forEach((sitting, index) => {
    const beats = beatsOf(sitting);
    const { courseId, lessonId, durationSeconds } = sitting;
    state.now = beats.at(-1)!.at;
    applyChange(
      {
        ...{ kind: 'recordWatch', userId, courseId, lessonId, beats },
        sessionId: `history-${index}`,
        create: { durationSeconds },
      },
      state,
      RULES,
    );
  });
  const changed = state.records.changed();
  return {
    // An id tells when its record was made, and lists are in the order of ids.
    records: changed.map(({ record }) => ({ ...record, id: idAt(record.createdAt) })),
    moves: batchMoves(changed, state),
  };
}

function beatsOf({ plays, at, rate }: Sitting): Beat[] {
  const beats: Beat[] = [];
  let clock = at;
  for (const { from, to } of plays) {
    for (let start = from; start < to; start += BEAT_SECONDS) {
      const end = Math.min(start + BEAT_SECONDS, to);
      clock += Math.ceil((end - start) / rate);
      beats.push({ seq: beats.length, from: start, to: end, rate, at: new Date(clock * 1_000) });
    }
  }
  return beats;
}

const idAt = (at: Date): string => ids.generateOrResetCore(at.getTime(), 0).toString();
