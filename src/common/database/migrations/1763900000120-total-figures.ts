import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Sums of sums: a table, its key and its sums as SQL over the rows of `from`. */
interface Total {
  from: string;
  into: string;
  key: Record<string, string>;
  sums: Record<string, string>;
}

const weekOf = (day: string): string => `date_trunc('week', ${day}::timestamp)::date`;

const TOTALS: readonly Total[] = [
  {
    from: 'analytics_cohort',
    into: 'analytics_course',
    key: { course_id: 'course_id' },
    sums: {
      learners: 'learners',
      completers: 'CASE WHEN days_to_complete < 0 THEN 0 ELSE learners END',
    },
  },
  {
    from: 'analytics_silence',
    into: 'analytics_open_lesson',
    key: { course_id: 'course_id', lesson_id: 'last_lesson_id' },
    sums: { learners: 'learners' },
  },
  {
    from: 'analytics_silence',
    into: 'analytics_week',
    key: { course_id: 'course_id', week: weekOf('last_active_on') },
    sums: { silent: 'learners' },
  },
  {
    from: 'analytics_day',
    into: 'analytics_course',
    key: { course_id: 'course_id' },
    sums: { certificates: 'certificates' },
  },
  {
    from: 'analytics_day',
    into: 'analytics_week',
    key: { course_id: 'course_id', week: weekOf('day') },
    sums: {
      enrolled: 'enrolled',
      courses_completed: 'courses_completed',
      watch_seconds: 'watch_seconds',
    },
  },
  {
    from: 'analytics_month',
    into: 'analytics_quarter',
    key: { quarter: `date_trunc('quarter', month::timestamp)::date`, course_id: 'course_id' },
    sums: { watch_seconds: 'watch_seconds' },
  },
];

const SOURCES = [...new Set(TOTALS.map(({ from }) => from))];

/** What a statement did to a table: the rows that a trigger sees, and these with a sign. */
const EVENTS = {
  insert: {
    sees: 'NEW TABLE AS after',
    rows: (columns: string) => `SELECT 1 AS sign, ${columns} FROM after`,
  },
  update: {
    sees: 'OLD TABLE AS before NEW TABLE AS after',
    rows: (columns: string) =>
      `SELECT -1 AS sign, ${columns} FROM before UNION ALL SELECT 1, ${columns} FROM after`,
  },
  delete: {
    sees: 'OLD TABLE AS before',
    rows: (columns: string) => `SELECT -1 AS sign, ${columns} FROM before`,
  },
};

/** Adds rows to the total. `rows` is a SELECT of a sign and columns. The platform (course '') has no totals. */
function adding({ into, key, sums }: Total, rows: (columns: string) => string): string {
  const keys = Object.keys(key).join(', ');
  const columns = [...Object.entries(key), ...Object.entries(sums)].map(
    ([name, value]) => `${value} AS ${name}`,
  );
  const names = Object.keys(sums);
  const added = names.map((name) => `sum(sign * ${name})`);
  return `
    INSERT INTO ${into} AS g (${keys}, ${names.join(', ')})
    SELECT ${keys}, ${added.join(', ')}
    FROM (${rows(columns.join(', '))}) moved
    WHERE course_id <> ''
    GROUP BY ${keys}
    HAVING ${added.map((sum) => `${sum} <> 0`).join(' OR ')}
    ORDER BY ${keys}
    ON CONFLICT (${keys}) DO UPDATE SET ${names.map((name) => `${name} = g.${name} + excluded.${name}`).join(', ')};`;
}

/**
 * Totals of the figures of courses, for queries whose rows must not grow with the learners of a course; and how often the
 * figures have changed, so that who shows them can ask.
 *
 * Triggers keep the totals, in the statement that changes the figures. So they hold while processes of the version before
 * still fold, and there is no moment at which somebody must build them. To fill them takes some seconds for fifty million
 * records. Folders rest meanwhile; readers do not.
 */
export class TotalFigures1763900000120 implements MigrationInterface {
  readonly name = 'TotalFigures1763900000120';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE analytics_course (
        course_id    varchar(26) PRIMARY KEY,
        learners     integer NOT NULL DEFAULT 0,
        completers   integer NOT NULL DEFAULT 0,
        certificates integer NOT NULL DEFAULT 0
      ) WITH (fillfactor = 50)`);
    await runner.query(`
      CREATE TABLE analytics_open_lesson (
        course_id varchar(26) NOT NULL,
        lesson_id varchar(26) NOT NULL,
        learners  integer NOT NULL DEFAULT 0,
        PRIMARY KEY (course_id, lesson_id)
      ) WITH (fillfactor = 50)`);
    await runner.query(`
      CREATE TABLE analytics_week (
        course_id         varchar(26) NOT NULL,
        week              date NOT NULL,
        enrolled          integer NOT NULL DEFAULT 0,
        courses_completed integer NOT NULL DEFAULT 0,
        watch_seconds     bigint NOT NULL DEFAULT 0,
        silent            integer NOT NULL DEFAULT 0,
        PRIMARY KEY (course_id, week)
      ) WITH (fillfactor = 80)`);
    await runner.query(`CREATE INDEX analytics_week_week ON analytics_week (week)`);
    await runner.query(`
      CREATE TABLE analytics_quarter (
        quarter       date NOT NULL,
        course_id     varchar(26) NOT NULL,
        watch_seconds bigint NOT NULL DEFAULT 0,
        PRIMARY KEY (quarter, course_id)
      ) WITH (fillfactor = 80)`);
    // Folders that find the state locked rest. The second lock waits for whoever writes figures without it.
    await runner.query(`SELECT FROM analytics_state FOR UPDATE`);
    await runner.query(`LOCK TABLE ${SOURCES.join(', ')} IN SHARE ROW EXCLUSIVE MODE`);
    for (const total of TOTALS) {
      await runner.query(
        adding(total, (columns) => `SELECT 1 AS sign, ${columns} FROM ${total.from}`),
      );
    }
    for (const table of SOURCES) await keep(runner, table);
    // The last step: until the commit, nobody reads this table, without which there is no answer.
    await runner.query(`ALTER TABLE analytics_state ADD COLUMN changes bigint NOT NULL DEFAULT 0`);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of SOURCES) {
      for (const event of Object.keys(EVENTS)) {
        await runner.query(`DROP TRIGGER total_${event} ON ${table}`);
        await runner.query(`DROP FUNCTION ${table}_${event}()`);
      }
    }
    await runner.query(
      `DROP TABLE analytics_course, analytics_open_lesson, analytics_week, analytics_quarter`,
    );
    await runner.query(`ALTER TABLE analytics_state DROP COLUMN changes`);
  }
}

/** Creates the triggers of a table. */
async function keep(runner: QueryRunner, table: string): Promise<void> {
  for (const [event, { sees, rows }] of Object.entries(EVENTS)) {
    const statements = TOTALS.filter(({ from }) => from === table).map((total) =>
      adding(total, rows),
    );
    await runner.query(`
      CREATE FUNCTION ${table}_${event}() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        ${statements.join('\n')}
        RETURN NULL;
      END $$`);
    await runner.query(`
      CREATE TRIGGER total_${event} AFTER ${event} ON ${table}
      REFERENCING ${sees} FOR EACH STATEMENT EXECUTE FUNCTION ${table}_${event}()`);
  }
}
