import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Gives the evaluation of changed courses its own table: one row for each course whose learners are not all evaluated.
 * A trigger of `course` inserts the row, so that every structure change has one, whichever version of the service made
 * it.
 *
 * The old columns of `course` stay for one release. During a rolling deploy, processes of the version before still
 * write them when they store a structure or erase a learner. Without the columns, both would fail.
 */
export class OwnCourseEvaluations1763900000004 implements MigrationInterface {
  readonly name = 'OwnCourseEvaluations1763900000004';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE course_evaluation (
        course_id            varchar(26) PRIMARY KEY,
        structure_version    integer NOT NULL,
        structure_changed_at timestamptz NOT NULL,
        begun_at             timestamptz,
        evaluated_user_id    varchar(26),
        lease_token          uuid,
        lease_ends_at        timestamptz
      )`);
    await runner.query(`
      CREATE FUNCTION request_course_evaluation() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        INSERT INTO course_evaluation (course_id, structure_version, structure_changed_at)
        VALUES (NEW.course_id, NEW.structure_version, NEW.structure_changed_at)
        ON CONFLICT (course_id) DO UPDATE
          SET structure_version = excluded.structure_version,
              structure_changed_at = excluded.structure_changed_at,
              begun_at = NULL, evaluated_user_id = NULL, lease_token = NULL, lease_ends_at = NULL;
        RETURN NULL;
      END $$`);
    await runner.query(`
      CREATE TRIGGER course_structure_changed
        AFTER INSERT OR UPDATE OF structure_version ON course
        FOR EACH ROW EXECUTE FUNCTION request_course_evaluation()`);
    // The new trigger locks 'course' against writes until this transaction commits, so no change is missed.
    await runner.query(`
      INSERT INTO course_evaluation
        (course_id, structure_version, structure_changed_at, begun_at, evaluated_user_id, lease_ends_at)
      SELECT course_id, structure_version, structure_changed_at, evaluation_begun_at, evaluated_user_id,
             evaluation_lease
      FROM course WHERE evaluated_version < structure_version`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TRIGGER course_structure_changed ON course`);
    await runner.query(`DROP FUNCTION request_course_evaluation()`);
    await runner.query(`
      UPDATE course
      SET evaluated_version = structure_version,
          evaluation_begun_at = NULL, evaluated_user_id = NULL, evaluation_lease = NULL`);
    await runner.query(`
      UPDATE course c
      SET evaluated_version = c.structure_version - 1, evaluation_begun_at = e.begun_at,
          evaluated_user_id = e.evaluated_user_id, evaluation_lease = e.lease_ends_at
      FROM course_evaluation e WHERE e.course_id = c.course_id`);
    await runner.query(`DROP TABLE course_evaluation`);
  }
}
