import type { PoolClient } from 'pg';
import type { AnalysedRecord } from '../../../src/modules/analytics/journal/analytics-move.js';
import type { Enrolment, IssuedCertificate } from '../../support/analytics/learning-model.ts';
import type { Learning } from '../../support/analytics/recount.ts';
import type { Postgres } from '../stage/postgres.ts';

/**
 * A table with every record as each committed change left it: a trigger of ours writes it in the transaction of the
 * change. It knows what learners did on their days even where no client got an answer, and nothing of the journal. A
 * transaction may change a record once: each learner of the load waits for an answer before the next request.
 */
export async function installWitness(postgres: Postgres): Promise<void> {
  await postgres.query(`
    CREATE TABLE witness (
      LIKE user_progress, was_live boolean, is_erased boolean, at timestamptz, grew integer, completes boolean,
      number bigint GENERATED ALWAYS AS IDENTITY
    )`);
  await postgres.query(`
    CREATE FUNCTION witness() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
    DECLARE was_live boolean := TG_OP <> 'INSERT' AND OLD.deleted_at IS NULL;
    BEGIN
      IF TG_OP = 'DELETE' THEN
        INSERT INTO witness SELECT OLD.*, was_live, true, now(), 0, false;
      ELSE
        INSERT INTO witness
        SELECT NEW.*, was_live, false, now(),
               NEW.watch_time_seconds - CASE WHEN was_live THEN OLD.watch_time_seconds ELSE 0 END,
               NEW.completed AND NOT (was_live AND OLD.completed);
      END IF;
      RETURN NULL;
    END $$`);
  await postgres.query(`
    CREATE TRIGGER witness AFTER INSERT OR UPDATE OR DELETE ON user_progress
    FOR EACH ROW EXECUTE FUNCTION witness()`);
}

type StoredRecord = AnalysedRecord & { id: string };

interface Seen extends StoredRecord {
  wasLive: boolean;
  isErased: boolean;
  at: Date;
  grew: number;
  completes: boolean;
}

const RECORD = `
  id, user_id AS "userId", course_id AS "courseId", lesson_id AS "lessonId", completed,
  completed_at AS "completedAt", watch_time_seconds AS "watchTimeSeconds", unique_seconds AS "uniqueSeconds",
  rewatched_seconds AS "rewatchedSeconds", watched::text AS watched, watched_again::text AS "watchedAgain",
  created_at AS "createdAt", deleted_at AS "deletedAt"`;

const SEEN = `
  SELECT ${RECORD}, was_live AS "wasLive", is_erased AS "isErased", at, grew, completes
  FROM witness ORDER BY number`;

const ENROLMENTS = `
  SELECT user_id AS "userId", course_id AS "courseId", created_at AS "createdAt", completed_at AS "completedAt",
         lessons_started > 0 OR completed_at IS NOT NULL AS "isLearner"
  FROM course_progress`;

const CERTIFICATES = `
  SELECT user_id AS "userId", course_id AS "courseId", issued_at AS at FROM certificate WHERE status = 'ISSUED'`;

/** What learners did, from the witness and from the tables of records, rollups and certificates. */
export async function readLearning(snapshot: PoolClient): Promise<Learning> {
  const { rows: records } = await snapshot.query<StoredRecord>(
    `SELECT ${RECORD} FROM user_progress`,
  );
  const { rows: enrolments } = await snapshot.query<Enrolment>(ENROLMENTS);
  const { rows: certificates } = await snapshot.query<IssuedCertificate>(CERTIFICATES);
  const { rows: seen } = await snapshot.query<Seen>(SEEN);
  return {
    records: new Map(records.map((record) => [nameOf(record), record])),
    enrolments: new Map(enrolments.map((one) => [`${one.userId} ${one.courseId}`, one])),
    certificates,
    ...activityOf(seen),
  };
}

function activityOf(seen: readonly Seen[]): Pick<Learning, 'activities' | 'lifetimes' | 'erased'> {
  const activities: Learning['activities'][number][] = [];
  const lifetimes = new Map<string, AnalysedRecord>();
  const erased = new Set<string>();
  const deletions = new Map<string, number>();
  for (const change of seen) {
    const name = nameOf(change);
    const { userId, courseId, lessonId, wasLive, at, grew } = change;
    if (change.isErased) {
      erased.add(userId);
    } else if (change.deletedAt !== null) {
      if (wasLive) deletions.set(name, (deletions.get(name) ?? 0) + 1);
    } else {
      lifetimes.set(`${name} ${deletions.get(name) ?? 0}`, change);
      if (wasLive && grew <= 0 && !change.completes) continue;
      activities.push({ userId, courseId, lessonId, at, seconds: Math.max(0, grew) });
    }
  }
  return { activities, lifetimes, erased };
}

const nameOf = ({ userId, lessonId }: { userId: string; lessonId: string }): string =>
  `${userId} ${lessonId}`;
