import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Columns for finishing an erasure that a crash interrupted, and for a second pass over rows written meanwhile. */
export class FinishErasures1763900000002 implements MigrationInterface {
  readonly name = 'FinishErasures1763900000002';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE erased_user
        ADD COLUMN user_id varchar(26),
        ADD COLUMN next_sweep_at timestamptz,
        ADD COLUMN finished_at timestamptz`);
    await runner.query(`UPDATE erased_user SET finished_at = erased_at`);
    await runner.query(`
      CREATE INDEX erased_user_unfinished ON erased_user (next_sweep_at) WHERE finished_at IS NULL`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP INDEX erased_user_unfinished`);
    await runner.query(`
      ALTER TABLE erased_user
        DROP COLUMN finished_at, DROP COLUMN next_sweep_at, DROP COLUMN user_id`);
  }
}
