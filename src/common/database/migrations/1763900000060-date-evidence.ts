import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Dates that say which beats count: since a record was reopened, since its predecessor was deleted, and up to when a
 * session's numbers were used. All columns are null until then, so a row takes no more space.
 *
 * A process of the version before leaves them as they are. A session that it wrote is not judged by `latest_at`, since
 * `latest_seq` no longer is its highest number.
 */
export class DateEvidence1763900000060 implements MigrationInterface {
  readonly name = 'DateEvidence1763900000060';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE user_progress
        ADD COLUMN reopened_at    timestamptz,
        ADD COLUMN seen_since     int4multirange,
        ADD COLUMN evidence_after timestamptz`);
    await runner.query(`
      ALTER TABLE watch_session
        ADD COLUMN latest_seq integer,
        ADD COLUMN latest_at  timestamptz`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE watch_session DROP COLUMN latest_seq, DROP COLUMN latest_at`);
    await runner.query(`
      ALTER TABLE user_progress
        DROP COLUMN reopened_at, DROP COLUMN seen_since, DROP COLUMN evidence_after`);
  }
}
