import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The tables of learning analytics: the journal of moves, the sums that are folded from it, and the state of both; the
 * seconds that a learner saw at least twice; an index from an instructor to the courses.
 *
 * Processes of the version before write neither the journal nor `watched_again`. The sums are exact only after they
 * were built from the records, once these processes are gone (`built_at`).
 */
export class AnalyseLearning1763900000110 implements MigrationInterface {
  readonly name = 'AnalyseLearning1763900000110';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE user_progress ADD COLUMN watched_again int4multirange NOT NULL DEFAULT '{}'`);
    await runner.query(`
      CREATE INDEX course_instructor ON course (instructor_id, course_id)`);
    // Each transaction writes a row of it, and an entry of its index: both are as short as they can be.
    await runner.query(`
      CREATE TABLE analytics_journal (
        id      bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        at      timestamptz NOT NULL DEFAULT now(),
        user_id varchar(26) NOT NULL,
        moves   json NOT NULL
      )`);
    // The other keys have the column by which a distributed PostgreSQL would spread the table: user_id or course_id.
    await runner.query(`
      CREATE TABLE analytics_state (
        is_only   boolean PRIMARY KEY DEFAULT true,
        time_zone text NOT NULL,
        since     timestamptz NOT NULL,
        built_at  timestamptz,
        building  json,
        CONSTRAINT analytics_state_is_only_check CHECK (is_only)
      )`);
    await runner.query(`
      CREATE TABLE learner_day (
        user_id           varchar(26) NOT NULL,
        day               date NOT NULL,
        course_id         varchar(26) NOT NULL,
        seconds           bigint NOT NULL DEFAULT 0,
        lessons_completed integer NOT NULL DEFAULT 0,
        last_at           timestamptz,
        last_lesson_id    varchar(26),
        PRIMARY KEY (user_id, day, course_id)
      ) WITH (fillfactor = 80)`);
    await runner.query(`
      CREATE TABLE analytics_learner (
        user_id        varchar(26) NOT NULL,
        course_id      varchar(26) NOT NULL,
        joined         integer NOT NULL DEFAULT 0,
        enrolled_on    date,
        completed_on   date,
        last_active_on date NOT NULL,
        last_lesson_id varchar(26) NOT NULL,
        PRIMARY KEY (user_id, course_id)
      ) WITH (fillfactor = 80)`);
    await runner.query(`
      CREATE INDEX analytics_learner_open ON analytics_learner (course_id, last_active_on, user_id)
        WHERE completed_on IS NULL AND joined > 0`);
    await runner.query(`
      CREATE TABLE analytics_lesson (
        course_id         varchar(26) NOT NULL,
        lesson_id         varchar(26) NOT NULL,
        learners          integer NOT NULL DEFAULT 0,
        completed         integer NOT NULL DEFAULT 0,
        watch_seconds     bigint NOT NULL DEFAULT 0,
        unique_seconds    bigint NOT NULL DEFAULT 0,
        rewatched_seconds bigint NOT NULL DEFAULT 0,
        PRIMARY KEY (course_id, lesson_id)
      ) WITH (fillfactor = 50)`);
    await runner.query(`
      CREATE TABLE analytics_second (
        course_id varchar(26) NOT NULL,
        lesson_id varchar(26) NOT NULL,
        second    integer NOT NULL,
        seen      integer NOT NULL DEFAULT 0,
        again     integer NOT NULL DEFAULT 0,
        PRIMARY KEY (course_id, lesson_id, second)
      ) WITH (fillfactor = 50)`);
    await runner.query(`
      CREATE TABLE analytics_silence (
        course_id      varchar(26) NOT NULL,
        last_active_on date NOT NULL,
        last_lesson_id varchar(26) NOT NULL,
        learners       integer NOT NULL DEFAULT 0,
        PRIMARY KEY (course_id, last_active_on, last_lesson_id)
      ) WITH (fillfactor = 80)`);
    await runner.query(`
      CREATE TABLE analytics_day (
        course_id          varchar(26) NOT NULL,
        day                date NOT NULL,
        enrolled           integer NOT NULL DEFAULT 0,
        enrolled_completed integer NOT NULL DEFAULT 0,
        courses_completed  integer NOT NULL DEFAULT 0,
        certificates       integer NOT NULL DEFAULT 0,
        active             integer NOT NULL DEFAULT 0,
        watch_seconds      bigint NOT NULL DEFAULT 0,
        lessons_completed  integer NOT NULL DEFAULT 0,
        wau_edge           integer NOT NULL DEFAULT 0,
        mau_edge           integer NOT NULL DEFAULT 0,
        PRIMARY KEY (course_id, day)
      ) WITH (fillfactor = 80)`);
    await runner.query(`CREATE INDEX analytics_day_day ON analytics_day (day)`);
    await runner.query(`
      CREATE TABLE analytics_month (
        month         date NOT NULL,
        course_id     varchar(26) NOT NULL,
        watch_seconds bigint NOT NULL DEFAULT 0,
        PRIMARY KEY (month, course_id)
      ) WITH (fillfactor = 80)`);
    await runner.query(`
      CREATE TABLE analytics_cohort (
        course_id        varchar(26) NOT NULL,
        enrolled_week    date NOT NULL,
        days_to_complete integer NOT NULL,
        learners         integer NOT NULL DEFAULT 0,
        PRIMARY KEY (course_id, enrolled_week, days_to_complete)
      ) WITH (fillfactor = 80)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE analytics_cohort, analytics_month, analytics_day, analytics_silence, analytics_second, analytics_lesson,
                 analytics_learner, learner_day, analytics_state, analytics_journal`);
    await runner.query(`DROP INDEX course_instructor`);
    await runner.query(`ALTER TABLE user_progress DROP COLUMN watched_again`);
  }
}
