import type { Pool, PoolClient } from 'pg';
import type { Figures } from './recount.ts';

/** Each statement returns names and values of figures; its tables are all that is folded. */
const STATEMENTS = [
  `SELECT format('lesson %s %s %s', course_id, lesson_id, name) AS name, value::text
   FROM analytics_lesson CROSS JOIN LATERAL (VALUES
     ('learners', learners::bigint), ('completed', completed), ('watch_seconds', watch_seconds),
     ('unique_seconds', unique_seconds), ('rewatched_seconds', rewatched_seconds)) v (name, value)`,
  `SELECT format('lesson %s %s %s %s', course_id, lesson_id, second, name), value::text
   FROM analytics_second CROSS JOIN LATERAL (VALUES ('seen', seen), ('again', again)) v (name, value)`,
  `SELECT format('learner %s %s %s %s', user_id, course_id, day - date '1970-01-01', name), value
   FROM learner_day CROSS JOIN LATERAL (VALUES
     ('seconds', seconds::text), ('lessons_completed', lessons_completed::text),
     ('last', extract(epoch FROM last_at)::bigint || ' ' || last_lesson_id)) v (name, value)
   WHERE value IS NOT NULL`,
  `SELECT format('silence %s %s %s', course_id, last_active_on - date '1970-01-01', last_lesson_id), learners::text
   FROM analytics_silence`,
  `SELECT format('cohort %s %s %s', course_id, enrolled_week - date '1970-01-01', days_to_complete), learners::text
   FROM analytics_cohort`,
  `SELECT format('day %s %s %s', course_id, day - date '1970-01-01', name), value::text
   FROM analytics_day CROSS JOIN LATERAL (VALUES
     ('enrolled', enrolled::bigint), ('enrolled_completed', enrolled_completed),
     ('courses_completed', courses_completed), ('certificates', certificates), ('active', active),
     ('watch_seconds', watch_seconds), ('lessons_completed', lessons_completed)) v (name, value)`,
  `SELECT format('month %s %s', course_id, month - date '1970-01-01'), watch_seconds::text FROM analytics_month`,
  `SELECT format('course %s %s', course_id, name), value::text
   FROM analytics_course CROSS JOIN LATERAL (VALUES
     ('learners', learners), ('completers', completers), ('certificates', certificates)) v (name, value)`,
  `SELECT format('open %s %s', course_id, lesson_id), learners::text FROM analytics_open_lesson`,
  `SELECT format('week %s %s %s', course_id, week - date '1970-01-01', name), value::text
   FROM analytics_week CROSS JOIN LATERAL (VALUES
     ('enrolled', enrolled::bigint), ('courses_completed', courses_completed), ('watch_seconds', watch_seconds),
     ('silent', silent)) v (name, value)`,
  `SELECT format('quarter %s %s', course_id, quarter - date '1970-01-01'), watch_seconds::text FROM analytics_quarter`,
  // The days on which something is active in the window: the running sums of the edges.
  `SELECT format('day %s %s %s', course_id, day - date '1970-01-01', name), value::text
   FROM (
     SELECT d.course_id, d.day, sum(wau_edge) OVER days AS wau, sum(mau_edge) OVER days AS mau
     FROM (SELECT course_id, generate_series(min(day), max(day), interval '1 day')::date AS day
           FROM analytics_day GROUP BY course_id) d
     LEFT JOIN analytics_day a ON a.course_id = d.course_id AND a.day = d.day
     WINDOW days AS (PARTITION BY d.course_id ORDER BY d.day)) series
   CROSS JOIN LATERAL (VALUES ('wau', wau), ('mau', mau)) v (name, value)`,
];

/** What is folded, by the names that `recount` gives, without figures that are 0. */
export async function storedFigures(pool: Pool | PoolClient): Promise<Figures> {
  const figures: Figures = {};
  for (const text of STATEMENTS) {
    const { rows } = await pool.query<[string, string]>({ text, rowMode: 'array' });
    for (const [name, value] of rows) {
      if (value !== '0' && value !== null)
        figures[name] = name.endsWith(' last') ? value : Number(value);
    }
  }
  return figures;
}
