/** A learner who has been silent for so many days is at risk, and has stopped in the lesson of the last activity. */
const SILENT_DAYS = 14;
/** After more days of silence a learner is lost. */
const LOST_DAYS = 90;
/** Who enrolled at least so many days ago counts in the settled completion rate. */
const SETTLED_DAYS = 30;

/** The latest day of the last activity of a learner at risk; `today` is SQL. */
const atRiskSince = (today: string): string => `${today}::date - ${SILENT_DAYS}`;

/** The earliest such day; who was last active before it is lost. */
export const lostBefore = (today: string): string => `${today}::date - ${LOST_DAYS}`;

export const settledSince = (today: string): string => `${today}::date - ${SETTLED_DAYS}`;

/** The Monday that is nearest to a day. */
const mondayAt = (day: string): string => `date_trunc('week', (${day} + 3)::timestamp)::date`;

/** Of all who have not completed the course: those last active between a day and its Monday; negative if that comes later. */
const silentBeside = (courseId: string, day: string): string => `
      (SELECT coalesce(sum(learners), 0) * sign((${day}) - ${mondayAt(day)})::int FROM analytics_silence
       WHERE course_id = ${courseId} AND last_active_on >= least(${day}, ${mondayAt(day)})
         AND last_active_on < greatest(${day}, ${mondayAt(day)}))`;

/** And those last active in the weeks from the Monday at a day on; before that at another one, if there is one. */
const silentWeeks = (courseId: string, from: string, to: string | null): string => `
      (SELECT coalesce(sum(silent), 0) FROM analytics_week
       WHERE course_id = ${courseId} AND week >= ${mondayAt(from)}${to === null ? '' : ` AND week < ${mondayAt(to)}`})`;

/**
 * How many learners of a course are at risk, as SQL; so is all that is given. Whole weeks, and a few days at both ends: these
 * rows do not grow with the learners.
 */
export const atRisk = (
  courseId: string,
  today: string,
  silentDays = String(SILENT_DAYS),
): string => {
  const [first, end] = [lostBefore(today), `${today}::date - ${silentDays} + 1`];
  return `(${silentWeeks(courseId, first, end)} + ${silentBeside(courseId, end)} - ${silentBeside(courseId, first)})`;
};

/** How many are not lost, of those who have not completed it. */
export const notLost = (courseId: string, today: string): string => {
  const first = lostBefore(today);
  return `(${silentWeeks(courseId, first, null)} - ${silentBeside(courseId, first)})`;
};

/** A SELECT of the lessons of a course and of how many `stopped` in each: all of it, less the last days. */
export const stoppedIn = (courseId: string, today: string): string => `
        SELECT lesson_id, learners AS stopped FROM analytics_open_lesson WHERE course_id = ${courseId}
        UNION ALL
        SELECT last_lesson_id, -learners FROM analytics_silence
        WHERE course_id = ${courseId} AND last_active_on > ${atRiskSince(today)}`;
