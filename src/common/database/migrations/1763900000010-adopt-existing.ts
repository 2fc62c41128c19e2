import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A table that holds the progress of adopting the original service's table. */
export class AdoptExisting1763900000010 implements MigrationInterface {
  readonly name = 'AdoptExisting1763900000010';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE adoption (
        is_only      boolean PRIMARY KEY DEFAULT true CHECK (is_only),
        time_zone    text NOT NULL,
        certificates text NOT NULL CHECK (certificates IN ('assume', 'check', 'request')),
        position     varchar(26),
        records      bigint NOT NULL DEFAULT 0,
        begun_at     timestamptz NOT NULL DEFAULT now(),
        finished_at  timestamptz
      )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE adoption`);
  }
}
