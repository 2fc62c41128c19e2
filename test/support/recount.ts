import type pg from 'pg';

interface RecordRow {
  user_id: string;
  lesson_id: string;
  course_id: string;
  completed: boolean;
  watch_time_seconds: number;
}
interface RollupRow {
  user_id: string;
  course_id: string;
  lessons_started: number;
  lessons_completed: number;
  listed_completed: number;
  lessons_total: number;
  structure_version: number;
  watch_time_seconds: string;
  completed_at: Date | null;
}
interface CourseRow {
  course_id: string;
  lessons_listed: boolean;
  lessons_total: number;
  structure_version: number;
}

/**
 * Counts everything anew in plain TypeScript, by the words of the rule: what is at home, what a course lists, who has
 * completed it. @returns what is stored otherwise, as sentences
 */
export async function storedOtherwise(pool: pg.Pool): Promise<string[]> {
  const all = async <Row>(sql: string) => (await pool.query(sql)).rows as Row[];
  const records = await all<RecordRow>(`SELECT * FROM user_progress WHERE deleted_at IS NULL`);
  const rollups = await all<RollupRow>(`SELECT * FROM course_progress`);
  const courses = await all<CourseRow>(`SELECT * FROM course`);
  const lessons = await all<{ course_id: string; lesson_id: string }>(
    `SELECT * FROM course_lesson`,
  );
  const certificates = await all<{ user_id: string; course_id: string }>(
    `SELECT user_id, course_id FROM certificate`,
  );

  const lists = (course: string, lesson: string) =>
    lessons.some((each) => each.course_id === course && each.lesson_id === lesson);
  const found: string[] = [];
  const expectSame = (what: string, stored: unknown, counted: unknown) => {
    if (stored !== counted) found.push(`${what} is ${String(stored)}, not ${String(counted)}`);
  };

  for (const { user_id, lesson_id, course_id } of records) {
    const home = courses.find((each) => each.course_id === course_id);
    const listed = lessons.some((each) => each.lesson_id === lesson_id);
    if (listed && (!home || (home.lessons_listed && !lists(course_id, lesson_id)))) {
      found.push(`the record of ${user_id} in ${lesson_id} is in ${course_id}, which dropped it`);
    }
  }
  for (const userId of new Set([...records, ...rollups].map(({ user_id }) => user_id))) {
    const own = records.filter((each) => each.user_id === userId);
    for (const course of courses) {
      const name = `${userId} in ${course.course_id}`;
      const atHome = own.filter((each) => each.course_id === course.course_id);
      const counting = (
        course.lessons_listed
          ? own.filter((each) => lists(course.course_id, each.lesson_id))
          : atHome
      ).filter(({ completed }) => completed).length;
      const rollup = rollups.find(
        (each) => each.user_id === userId && each.course_id === course.course_id,
      );
      if (!rollup) {
        if (atHome.length > 0 || counting > 0) found.push(`${name} has no rollup`);
        continue;
      }
      expectSame(`${name}: started`, rollup.lessons_started, atHome.length);
      const completed = atHome.filter((each) => each.completed).length;
      expectSame(`${name}: completed`, rollup.lessons_completed, completed);
      const seconds = atHome.reduce((sum, each) => sum + each.watch_time_seconds, 0);
      expectSame(`${name}: watch time`, Number(rollup.watch_time_seconds), seconds);
      expectSame(`${name}: counting`, rollup.listed_completed, counting);
      expectSame(`${name}: total`, rollup.lessons_total, course.lessons_total);
      expectSame(`${name}: version`, rollup.structure_version, course.structure_version);
      if (course.lessons_total > 0 && counting >= course.lessons_total && !rollup.completed_at) {
        found.push(`${name} has completed every lesson, but not the course`);
      }
      const intents = certificates.filter(
        (each) => each.user_id === userId && each.course_id === course.course_id,
      );
      expectSame(`${name}: certificates`, intents.length, rollup.completed_at ? 1 : 0);
    }
  }
  return found;
}
