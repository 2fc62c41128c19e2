import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The courses of which their service told less than before, until that is confirmed. Processes of the version before do
 * not know the table: what they hear removes lessons at once.
 */
export class ConfirmShrinks1763900000040 implements MigrationInterface {
  readonly name = 'ConfirmShrinks1763900000040';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE course_shrink (
        course_id    varchar(26) PRIMARY KEY REFERENCES course ON DELETE CASCADE,
        seen_at      timestamptz NOT NULL,
        seen_by      text NOT NULL,
        missing      jsonb NOT NULL,
        lessons_told integer,
        told_since   timestamptz,
        look_at      timestamptz NOT NULL
      )`);
  }

  /** Totals of courses without a list that nobody confirmed yet count from now on: the version before has no others. */
  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      UPDATE course c
      SET lessons_total = s.lessons_told, structure_version = c.structure_version + 1, structure_changed_at = now()
      FROM course_shrink s
      WHERE s.course_id = c.course_id AND c.lessons_total = 0 AND NOT c.lessons_listed AND s.lessons_told > 0`);
    await runner.query(`DROP TABLE course_shrink`);
  }
}
