import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The tables of progress, course structure, certificates and outbox.
 *
 * Two rules shape them. No index has a column that a beat changes, so that these updates stay HOT (`fillfactor` leaves
 * the room). Natural keys begin with `user_id` where there is one, so that a distributed PostgreSQL can spread the data
 * by user.
 */
export class CreateProgress1763900000000 implements MigrationInterface {
  readonly name = 'CreateProgress1763900000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE user_progress (
        id                uuid PRIMARY KEY DEFAULT gen_random_uuid(),
        user_id           varchar(26) NOT NULL,
        lesson_id         varchar(26) NOT NULL,
        course_id         varchar(26) NOT NULL,
        completed         boolean NOT NULL DEFAULT false,
        completed_at      timestamptz,
        watch_time_seconds integer NOT NULL DEFAULT 0 CHECK (watch_time_seconds >= 0),
        position_seconds  integer NOT NULL DEFAULT 0 CHECK (position_seconds >= 0),
        position_at       timestamptz,
        watched           int4multirange NOT NULL DEFAULT '{}',
        unique_seconds    integer NOT NULL DEFAULT 0,
        rewatched_seconds integer NOT NULL DEFAULT 0,
        created_at        timestamptz NOT NULL DEFAULT now(),
        updated_at        timestamptz NOT NULL DEFAULT now(),
        deleted_at        timestamptz
      ) WITH (fillfactor = 80)`);
    await runner.query(`
      CREATE UNIQUE INDEX user_progress_user_lesson ON user_progress (user_id, lesson_id)`);
    await runner.query(`
      CREATE INDEX user_progress_user ON user_progress (user_id, id) WHERE deleted_at IS NULL`);
    await runner.query(`
      CREATE INDEX user_progress_user_course ON user_progress (user_id, course_id, id) WHERE deleted_at IS NULL`);
    await runner.query(`
      CREATE INDEX user_progress_course ON user_progress (course_id, id) WHERE deleted_at IS NULL`);
    await runner.query(`
      CREATE INDEX user_progress_lesson ON user_progress (lesson_id, id) WHERE deleted_at IS NULL`);

    await runner.query(`
      CREATE TABLE course_progress (
        user_id            varchar(26) NOT NULL,
        course_id          varchar(26) NOT NULL,
        lessons_started    integer NOT NULL DEFAULT 0,
        lessons_completed  integer NOT NULL DEFAULT 0,
        listed_completed   integer NOT NULL DEFAULT 0,
        lessons_total      integer NOT NULL DEFAULT 0,
        structure_version  integer NOT NULL DEFAULT 0,
        watch_time_seconds bigint NOT NULL DEFAULT 0,
        completed_at       timestamptz,
        last_activity_at   timestamptz NOT NULL DEFAULT now(),
        created_at         timestamptz NOT NULL DEFAULT now(),
        PRIMARY KEY (user_id, course_id)
      ) WITH (fillfactor = 80)`);
    await runner.query(`
      CREATE INDEX course_progress_course ON course_progress (course_id, user_id)`);

    await runner.query(`
      CREATE TABLE course (
        course_id         varchar(26) PRIMARY KEY,
        title             text,
        instructor_id     varchar(64),
        is_active         boolean NOT NULL DEFAULT true,
        structure_version integer NOT NULL DEFAULT 1,
        lessons_listed    boolean NOT NULL,
        lessons_total     integer NOT NULL,
        fetched_at        timestamptz NOT NULL DEFAULT now(),
        evaluated_version integer NOT NULL DEFAULT 0,
        evaluated_user_id varchar(26),
        evaluation_lease  timestamptz
      )`);
    await runner.query(`
      CREATE TABLE course_lesson (
        course_id        varchar(26) NOT NULL REFERENCES course ON DELETE CASCADE,
        lesson_id        varchar(26) NOT NULL,
        section_id       varchar(26),
        title            text,
        position         integer NOT NULL,
        duration_seconds integer,
        PRIMARY KEY (course_id, lesson_id)
      )`);

    await runner.query(`
      CREATE TABLE certificate (
        user_id      varchar(26) NOT NULL,
        course_id    varchar(26) NOT NULL,
        status       text NOT NULL DEFAULT 'REQUESTED' CHECK (status IN ('REQUESTED', 'ISSUED', 'PARKED')),
        completed_at timestamptz NOT NULL,
        requested_at timestamptz,
        issued_at    timestamptz,
        reason       text,
        PRIMARY KEY (user_id, course_id)
      )`);
    await runner.query(`
      CREATE INDEX certificate_course ON certificate (course_id, user_id)`);
    await runner.query(`
      CREATE INDEX certificate_unsettled ON certificate (status, user_id, course_id) WHERE status <> 'ISSUED'`);
    await runner.query(`
      CREATE TABLE outbox (
        id              uuid PRIMARY KEY DEFAULT gen_random_uuid(),
        topic           text NOT NULL,
        user_id         varchar(26) NOT NULL,
        course_id       varchar(26) NOT NULL,
        lesson_id       varchar(26),
        occurred_at     timestamptz NOT NULL DEFAULT now(),
        attempts        integer NOT NULL DEFAULT 0,
        next_attempt_at timestamptz NOT NULL DEFAULT now(),
        lease_token     uuid,
        parked_at       timestamptz,
        last_error      text
      ) WITH (fillfactor = 70)`);
    await runner.query(`
      CREATE INDEX outbox_due ON outbox (next_attempt_at) WHERE parked_at IS NULL`);
    await runner.query(`
      CREATE INDEX outbox_user ON outbox (user_id, course_id)`);

    await runner.query(`
      CREATE TABLE watch_session (
        user_id      varchar(26) NOT NULL,
        session_id   varchar(64) NOT NULL,
        counted      int4multirange NOT NULL DEFAULT '{}',
        last_seen_at timestamptz NOT NULL DEFAULT now(),
        PRIMARY KEY (user_id, session_id)
      ) WITH (fillfactor = 50)`);
    await runner.query(`
      CREATE TABLE watch_clock (
        user_id    varchar(26) NOT NULL,
        hour       integer NOT NULL,
        credited   jsonb NOT NULL DEFAULT '{}',
        slack_used integer NOT NULL DEFAULT 0,
        PRIMARY KEY (user_id, hour)
      ) WITH (fillfactor = 50)`);

    await runner.query(`
      CREATE TABLE idempotency_key (
        user_id     varchar(26) NOT NULL,
        key         varchar(128) NOT NULL,
        fingerprint text NOT NULL,
        result      jsonb NOT NULL,
        created_at  timestamptz NOT NULL DEFAULT now(),
        PRIMARY KEY (user_id, key)
      )`);
    await runner.query(`
      CREATE INDEX idempotency_key_created ON idempotency_key (created_at)`);
    await runner.query(`
      CREATE TABLE erased_user (
        user_hash bytea PRIMARY KEY,
        erased_at timestamptz NOT NULL DEFAULT now()
      )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE erased_user, idempotency_key, watch_clock, watch_session, outbox, certificate,
                 course_lesson, course, course_progress, user_progress`);
  }
}
