import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Deletions of users that were announced, but not understood: an administrator reads them. */
export class KeepUnreadEvents1763900000080 implements MigrationInterface {
  readonly name = 'KeepUnreadEvents1763900000080';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE unread_event (
        body_hash   bytea PRIMARY KEY,
        subject     text NOT NULL,
        body        text NOT NULL,
        reason      text NOT NULL,
        received_at timestamptz NOT NULL DEFAULT now()
      )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE unread_event`);
  }
}
