/** Replaces text of a statement, by its name. */
interface StatementEdit {
  statement: string;
  from: string;
  to: string;
}

/** Replaces an expression in a file below `src/modules/analytics/`. */
interface FileEdit {
  file: string;
  from: string;
  to: string;
}

export type Edit = StatementEdit | FileEdit;

export const isOfFile = (edit: Edit): edit is FileEdit => 'file' in edit;
export const isOfStatement = (edit: Edit): edit is StatementEdit => 'statement' in edit;

const sql = (statement: string, from: string, to: string): Edit => ({ statement, from, to });
const code = (file: string, from: string, to: string): Edit => ({ file, from, to });

const fold = (from: string, to: string): Edit => sql('fold-journal', from, to);
const journal = (from: string, to: string): Edit => code('journal/analytics-move.ts', from, to);
const figures = (file: string, from: string, to: string): Edit =>
  code(`reading/figures/${file}.ts`, from, to);

/** What is written and folded. */
const FOLDED: Record<string, Edit[]> = {
  'a row of the journal is lost': [fold('FROM taken) j', 'FROM taken OFFSET 1) j')],
  'a row is folded twice': [
    fold('FROM taken) j', 'FROM (TABLE taken UNION ALL TABLE taken) taken) j'),
  ],
  'an erased learner stays': [fold("WHERE k = 'e'", 'WHERE false')],
  'the border of days is an hour off': [fold('* 900::float8', '* 900::float8 - 3600')],
  'a revived record counts as the old one': [
    journal('before !== null && before.deletedAt === null ? before : null', 'before'),
  ],
  'what is replayed counts as seen': [
    journal(
      "addBoundaries(move, ['au', 'ad'], lived?.watchedAgain, lives?.watchedAgain)",
      "addBoundaries(move, ['up', 'dn'], lived?.watchedAgain, lives?.watchedAgain)",
    ),
  ],
  'a month of activity has 29 days': [fold('day + 30, 0, -month_ends', 'day + 29, 0, -month_ends')],
  'a week of activity has 8 days': [fold('day + 7, -week_ends', 'day + 8, -week_ends')],
  'the platform counts a learner once for each course': [
    fold(
      'presence_of_course GROUP BY user_id, day',
      'presence_of_course GROUP BY user_id, day, course_id',
    ),
  ],
  'a later lesson of the same day is not the last one': [
    fold('latest_day >= last_active_on', 'latest_day > last_active_on'),
  ],
};

/** What `courseAnalytics` reads and works out. */
const COURSE: Record<string, Edit[]> = {
  'today is the day in UTC': [
    sql(
      'read-analytics-clock',
      'folded.at AT TIME ZONE s.time_zone',
      "folded.at AT TIME ZONE 'UTC'",
    ),
  ],
  'since is the day in UTC': [
    sql('read-analytics-clock', 's.since AT TIME ZONE s.time_zone', "s.since AT TIME ZONE 'UTC'"),
  ],
  'at risk after 15 days': [sql('read-course-totals', '$2::date - 14', '$2::date - 15')],
  'lost after 90 days, not more': [sql('read-course-totals', '$2::date - 90', '$2::date - 89')],
  'settled after 29 days': [sql('read-course-totals', '$2::date - 30', '$2::date - 29')],
  'percentages of 19 learners': [
    // Where it is used: the threshold itself is worked out before the break is in force.
    figures('percentages', 'whole < minimum', 'whole < minimum - 1'),
  ],
  'percentiles are one learner off': [
    figures('time-to-complete', 'passed >= rank', 'passed > rank'),
  ],
  'times of too few completers': [
    figures('time-to-complete', 'completers < group', 'completers < group - 1'),
  ],
  'cohorts of one learner too few': [
    figures('cohorts', 'open.learners < group', 'open.learners < group - 1'),
  ],
  'the last weeks stay alone': [
    figures(
      'cohorts',
      '[...cohorts, open ? joined(last, open) : last]',
      '[...cohorts, last, ...(open ? [open] : [])]',
    ),
  ],
  'weeks pass for a cohort a day early': [
    figures('cohorts', 'addDays(lastWeek, 7 + 7 * weeks)', 'addDays(lastWeek, 6 + 7 * weeks)'),
  ],
  'the last day of a cohort’s weeks is left out': [
    sql('read-enrolled-weeks', 'AND 7)', 'AND 6)'),
    sql('read-enrolled-weeks', 'AND 14)', 'AND 13)'),
  ],
  'cohorts end on Saturday': [
    code('reading/to-cohorts.ts', 'addDays(lastWeek, 6)', 'addDays(lastWeek, 5)'),
  ],
  'the first day of activity is not known': [
    code('reading/to-day-figures.ts', 'day.day < since', 'day.day <= since'),
  ],
  'a period that begins before activity has watch time': [
    code(
      'reading/to-day-figures.ts',
      "from < since ? null : sum('watchSeconds')",
      "to < since ? null : sum('watchSeconds')",
    ),
  ],
  'the period before overlaps': [figures('period', 'addDays(from, -1)', 'addDays(from, 0)')],
  'today counts as a whole day': [
    code('reading/to-day-figures.ts', 'period.to === today ? 1 : 0', 'period.to > today ? 1 : 0'),
  ],
  'activity before the period is forgotten': [
    sql('read-analytics-days', 'day < $2::date', 'day < $2::date - 1'),
  ],
  'the worst lesson is the best': [
    sql('read-worst-drop-offs', 'sum(started) DESC', 'sum(started)'),
  ],
  'stopped after 15 days': [
    sql('read-analysed-lessons', 'last_active_on > $2', 'last_active_on >= $2'),
  ],
  'dropped off after 15 days': [
    sql('read-worst-drop-offs', 'last_active_on > $2', 'last_active_on >= $2'),
  ],
  'the intro ends a second early': [
    sql('read-analysed-lessons', 'b.second <= 30', 'b.second < 30'),
  ],
  'a lesson of 30 s has an intro': [
    code(
      'reading/to-lesson-figures.ts',
      'durationSeconds > INTRO_SECONDS',
      'durationSeconds >= INTRO_SECONDS',
    ),
  ],
  'what is seen again is covered': [
    code(
      'reading/to-lesson-figures.ts',
      'percentOf(uniqueSeconds, started * (durationSeconds ?? 0))',
      'percentOf(uniqueSeconds + rewatchedSeconds, started * (durationSeconds ?? 0))',
    ),
  ],
};

/** What `lessonAnalytics` works out. */
const LESSON: Record<string, Edit[]> = {
  'a curve of too few': [
    code(
      'reading/lesson-analytics.service.ts',
      'lesson.started < this.thresholds.group',
      'lesson.started < this.thresholds.group - 1',
    ),
  ],
  'more points than asked for': [
    figures(
      'retention-curve',
      'Math.ceil(seen.length / points)',
      'Math.floor(seen.length / points)',
    ),
  ],
  'a curve that begins a second late': [
    figures(
      'counts-by-second',
      'running(seconds, seen, durationSeconds)',
      'running(seconds.map((second) => second + 1), seen, durationSeconds)',
    ),
  ],
  'hotspots of 2 s': [figures('hotspots', 'to - from >= SECONDS_MINIMUM', 'to - from >= 2')],
  'hotspots by 3 points more': [figures('hotspots', 'usual / 2', 'usual / 2 + 300')],
  'hotspots by one deviation': [figures('hotspots', 'DEVIATIONS * deviation', 'deviation')],
  'hotspots of too few': [
    figures('hotspots', 'again[second]! >= group', 'again[second]! >= group - 1'),
  ],
  'leave points of too few': [figures('leave-points', 'lost >= group', 'lost >= group - 1')],
  'leave points that overlap': [
    figures(
      'leave-points',
      'Math.abs(start - fall.start) >= WINDOW_SECONDS',
      'Math.abs(start - fall.start) >= WINDOW_SECONDS - 1',
    ),
  ],
  'leave points at the end': [figures('leave-points', '(1 - END_SHARE)', '1')],
  'the first second of a fall is passed over': [figures('leave-points', 'start + 2', 'start + 3')],
};

/** What lists and overviews read and work out. */
const OVERVIEWS: Record<string, Edit[]> = {
  'listed as at risk a day late': [sql('list-learners-at-risk', '- $3::int', '- $3::int - 1')],
  'counted as at risk a day late': [sql('count-learners-at-risk', '- $3::int', '- $3::int - 1')],
  'a page leaves out learners of the same day': [
    sql(
      'list-learners-at-risk',
      '(last_active_on, user_id) < ($5::date, $6)',
      '(last_active_on < $5::date OR $6::varchar IS NULL)',
    ),
  ],
  'who completed is at risk': [
    sql('list-learners-at-risk', 'completed_on IS NULL AND joined > 0', 'joined > 0'),
  ],
  'who left is at risk': [
    sql('list-learners-at-risk', 'completed_on IS NULL AND joined > 0', 'completed_on IS NULL'),
  ],
  'a page leaves out courses of the same key': ['title', 'learners', 'atRisk'].map((order) =>
    sql(`list-taught-${order}`, '(key, course_id) > (', '(key, $4::varchar) > ('),
  ),
  'the present week is left out': [
    sql('read-course-weeks', 'BETWEEN $2::date AND $3::date', 'BETWEEN $2::date AND $3::date - 1'),
  ],
  'the week in which activity began is known': [
    code('reading/to-course-summaries.ts', 'week < since', 'week.slice(0, 7) < since.slice(0, 7)'),
  ],
  'summaries leave the first day of those at risk out': [
    sql('read-course-summaries', '$2::date - 90', '$2::date - 89'),
  ],
  'summaries count the last fortnight': [
    sql('read-course-summaries', '$2::date - 14 + 1', '$2::date - 12 + 1'),
  ],
  'the last day of the period counts for no top course': [
    figures('period-sums', 'daysBetween(BEGIN, to) + 1', 'daysBetween(BEGIN, to)'),
  ],
  'the least watched course is first': [
    sql('read-top-courses', 'watch_seconds DESC', 'watch_seconds'),
  ],
  'a streak that ended yesterday is over': [
    figures('streaks', 'daysBetween(last, today) <= 1', 'daysBetween(last, today) < 1'),
  ],
  'a streak outlives a day': [
    figures('streaks', 'daysBetween(before, day) === 1', 'daysBetween(before, day) <= 2'),
  ],
  'days without activity are active': [sql('read-learner-days', 'HAVING count(last_at) > 0', '')],
};

/** Ways to break the figures. */
export const BREAKS: Readonly<Record<string, readonly Edit[]>> = {
  ...FOLDED,
  ...COURSE,
  ...LESSON,
  ...OVERVIEWS,
};
