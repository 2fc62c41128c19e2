import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Lets a lesson count in every course that lists it (ADR 9): an index from a lesson to its courses, a table of the
 * lessons that a course does not list but knows, and one of the lessons whose records are not reconciled since they
 * changed. Triggers fill the latter and request the course's evaluation, so that every process does, whichever version
 * of the service it is. A walk that is under way begins again: it may have passed the lesson.
 *
 * Every lesson is marked as changed, since records may be in the wrong course already. Processes of the version before
 * may run for an hour from now on, and do not count by these rules: all lessons are reconciled once more after it.
 */
export class ShareLessons1763900000050 implements MigrationInterface {
  readonly name = 'ShareLessons1763900000050';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE unlisted_lesson (
        course_id        varchar(26) NOT NULL REFERENCES course ON DELETE CASCADE,
        lesson_id        varchar(26) NOT NULL,
        title            text,
        duration_seconds integer,
        PRIMARY KEY (course_id, lesson_id)
      )`);
    await runner.query(`
      CREATE TABLE unreconciled_lesson (
        course_id  varchar(26) NOT NULL REFERENCES course ON DELETE CASCADE,
        lesson_id  varchar(26) NOT NULL,
        changed_at timestamptz NOT NULL,
        known_at   timestamptz NOT NULL,
        PRIMARY KEY (course_id, lesson_id)
      )`);
    await runner.query(`
      CREATE INDEX course_lesson_lesson ON course_lesson (lesson_id, course_id)`);
    await runner.query(`
      ALTER TABLE course_evaluation
        ADD COLUMN reconciled_lesson_id varchar(26), ADD COLUMN reconciled_record_id uuid`);
    // For the hour after this migration, the table has every course.
    await runner.query(`
      CREATE INDEX course_evaluation_due ON course_evaluation (lease_ends_at NULLS FIRST, structure_changed_at)`);
    await runner.query(
      requestCourseEvaluation(', reconciled_lesson_id = NULL, reconciled_record_id = NULL'),
    );
    await runner.query(`
      CREATE FUNCTION mark_unreconciled() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        INSERT INTO unreconciled_lesson AS u (course_id, lesson_id, changed_at, known_at)
        VALUES (NEW.course_id, NEW.lesson_id, now(), now())
        ON CONFLICT (course_id, lesson_id) DO UPDATE SET known_at = greatest(u.known_at, excluded.known_at);
        INSERT INTO course_evaluation AS e (course_id, structure_version, structure_changed_at)
        SELECT course_id, structure_version, structure_changed_at FROM course WHERE course_id = NEW.course_id
        ON CONFLICT (course_id) DO UPDATE
          SET begun_at = NULL, reconciled_lesson_id = NULL, reconciled_record_id = NULL, evaluated_user_id = NULL,
              lease_token = NULL, lease_ends_at = NULL
          WHERE e.begun_at IS NOT NULL OR e.lease_ends_at IS NOT NULL;
        RETURN NULL;
      END $$`);
    await runner.query(`
      CREATE TRIGGER course_lesson_added AFTER INSERT ON course_lesson
        FOR EACH ROW EXECUTE FUNCTION mark_unreconciled()`);
    await runner.query(`
      CREATE TRIGGER unlisted_lesson_added AFTER INSERT ON unlisted_lesson
        FOR EACH ROW WHEN (NEW.duration_seconds IS NOT NULL) EXECUTE FUNCTION mark_unreconciled()`);
    for (const table of ['course_lesson', 'unlisted_lesson']) {
      await runner.query(`
        CREATE TRIGGER ${table}_measured AFTER UPDATE OF duration_seconds ON ${table}
          FOR EACH ROW WHEN (
            NEW.duration_seconds IS NOT NULL
            AND (OLD.duration_seconds IS NULL OR NEW.duration_seconds < OLD.duration_seconds))
          EXECUTE FUNCTION mark_unreconciled()`);
    }
    // The new triggers lock 'course_lesson' against writes until this transaction commits, so no lesson is missed.
    await runner.query(`
      INSERT INTO unreconciled_lesson (course_id, lesson_id, changed_at, known_at)
      SELECT course_id, lesson_id, now(), now() + interval '1 hour' FROM course_lesson`);
    await runner.query(`
      INSERT INTO course_evaluation (course_id, structure_version, structure_changed_at)
      SELECT course_id, structure_version, structure_changed_at FROM course c
      WHERE EXISTS (SELECT FROM course_lesson l WHERE l.course_id = c.course_id)
      ON CONFLICT DO NOTHING`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TRIGGER course_lesson_measured ON course_lesson`);
    await runner.query(`
      DROP TRIGGER course_lesson_added ON course_lesson`);
    await runner.query(`
      DROP TABLE unreconciled_lesson, unlisted_lesson`);
    await runner.query(`
      DROP FUNCTION mark_unreconciled()`);
    await runner.query(requestCourseEvaluation(''));
    await runner.query(`
      DROP INDEX course_evaluation_due`);
    await runner.query(`
      ALTER TABLE course_evaluation DROP COLUMN reconciled_record_id, DROP COLUMN reconciled_lesson_id`);
    await runner.query(`
      DROP INDEX course_lesson_lesson`);
  }
}

/** The function behind the trigger of `course`, which begins a course's evaluation again. */
const requestCourseEvaluation = (alsoReset: string): string => `
  CREATE OR REPLACE FUNCTION request_course_evaluation() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    INSERT INTO course_evaluation (course_id, structure_version, structure_changed_at)
    VALUES (NEW.course_id, NEW.structure_version, NEW.structure_changed_at)
    ON CONFLICT (course_id) DO UPDATE
      SET structure_version = excluded.structure_version,
          structure_changed_at = excluded.structure_changed_at,
          begun_at = NULL, evaluated_user_id = NULL, lease_token = NULL, lease_ends_at = NULL${alsoReset};
    RETURN NULL;
  END $$`;
