import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Announcements of deleted users that could not be read: somebody must find out whom they are about. */
export class ParkUnreadDeletions1763900000080 implements MigrationInterface {
  readonly name = 'ParkUnreadDeletions1763900000080';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE unread_deletion (
        digest      bytea PRIMARY KEY,
        received_at timestamptz NOT NULL DEFAULT now(),
        problem     text NOT NULL,
        message     text NOT NULL
      )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE unread_deletion`);
  }
}
