import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Counts the changes of the figures, so that who shows them can ask whether there was one. */
export class TotalFigures1763900000120 implements MigrationInterface {
  readonly name = 'TotalFigures1763900000120';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE analytics_state ADD COLUMN changes bigint NOT NULL DEFAULT 0`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE analytics_state DROP COLUMN changes`);
  }
}
