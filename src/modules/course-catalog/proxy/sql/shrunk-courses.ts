import { column, statement } from '../../../../common/database/statement.js';

/** A lesson that is no longer listed. */
export interface MissingLesson {
  lessonId: string;
  title: string | null;
  /** When it was first missed, in milliseconds since 1970. */
  since: number;
}

/**
 * Claims up to $1 courses of which a second look is due. No process claims one of them again within $2 seconds, and so
 * long after that it is looked at again, where the look came to nothing.
 */
export const claimShrunk = statement({
  name: 'claim-shrunk',
  columns: { courseId: column.varchar },
  text: `
    UPDATE course_shrink s SET look_at = clock_timestamp() + make_interval(secs => $2)
    FROM (
      SELECT course_id FROM course_shrink WHERE look_at <= clock_timestamp()
      ORDER BY look_at LIMIT $1 FOR UPDATE SKIP LOCKED
    ) due
    WHERE s.course_id = due.course_id
    RETURNING s.course_id AS "courseId"`,
});

/** How many courses wait for a second look. */
export const countShrunk = statement({
  name: 'count-shrunk',
  columns: { waiting: column.int4 },
  text: `SELECT count(*)::int AS waiting FROM course_shrink`,
});

/**
 * The next $1 courses that wait for a second look after course $2, or only course $4 (null: all), with the first $3 missing
 * lessons of each.
 */
export const listShrunk = statement({
  name: 'list-shrunk',
  columns: {
    courseId: column.varchar,
    title: column.nullable(column.text),
    lessonsTotal: column.int4,
    lessonsTold: column.nullable(column.int4),
    seenAt: column.timestamptz,
    seenBy: column.text,
    lookAt: column.timestamptz,
    missing: column.int4,
    lessons: column.json<MissingLesson[]>(),
  },
  text: `
    SELECT s.course_id AS "courseId", c.title, c.lessons_total AS "lessonsTotal", s.lessons_told AS "lessonsTold",
           s.seen_at AS "seenAt", s.seen_by AS "seenBy", s.look_at AS "lookAt",
           (SELECT count(*) FROM jsonb_object_keys(s.missing))::int AS missing,
           coalesce((
             SELECT json_agg(json_build_object('lessonId', l.lesson_id, 'title', l.title, 'since', l.since)
                    ORDER BY l.position, l.lesson_id)
             FROM (
               SELECT l.lesson_id, l.title, l.position, s.missing -> l.lesson_id AS since
               FROM course_lesson l
               WHERE l.course_id = s.course_id AND s.missing ? l.lesson_id
               ORDER BY l.position, l.lesson_id LIMIT $3
             ) l), '[]') AS lessons
    FROM course_shrink s JOIN course c ON c.course_id = s.course_id
    WHERE s.course_id > $2 AND ($4::varchar IS NULL OR s.course_id = $4)
    ORDER BY s.course_id
    LIMIT $1`,
});
