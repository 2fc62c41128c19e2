import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Columns for the evaluation of changed courses: when a structure changed, and when a walk over its learners began. */
export class EvaluateCourses1763900000001 implements MigrationInterface {
  readonly name = 'EvaluateCourses1763900000001';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE course
        ADD COLUMN structure_changed_at timestamptz NOT NULL DEFAULT now(),
        ADD COLUMN evaluation_begun_at timestamptz`);
    await runner.query(`
      CREATE INDEX course_unevaluated ON course (course_id) WHERE evaluated_version < structure_version`);
    await runner.query(`
      CREATE INDEX course_structure_unknown ON course (course_id) WHERE NOT lessons_listed AND lessons_total = 0`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP INDEX course_structure_unknown, course_unevaluated`);
    await runner.query(`
      ALTER TABLE course DROP COLUMN evaluation_begun_at, DROP COLUMN structure_changed_at`);
  }
}
