import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The key that seals cursors. The first process that starts without `CURSOR_SECRET` inserts it. */
export class KeepCursorKey1763900000030 implements MigrationInterface {
  readonly name = 'KeepCursorKey1763900000030';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE cursor_key (
        is_only boolean PRIMARY KEY DEFAULT true CHECK (is_only),
        key     bytea NOT NULL CHECK (length(key) = 32)
      )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE cursor_key`);
  }
}
