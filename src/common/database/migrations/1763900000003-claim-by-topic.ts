import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * An index that finds the due rows of one topic. Without it, a claim reads past those of all other topics, which may be
 * many and wait for long.
 */
export class ClaimByTopic1763900000003 implements MigrationInterface {
  readonly name = 'ClaimByTopic1763900000003';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE INDEX outbox_due_by_topic ON outbox (topic, next_attempt_at) WHERE parked_at IS NULL`);
    await runner.query(`DROP INDEX outbox_due`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE INDEX outbox_due ON outbox (next_attempt_at) WHERE parked_at IS NULL`);
    await runner.query(`DROP INDEX outbox_due_by_topic`);
  }
}
