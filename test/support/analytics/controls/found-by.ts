/** By break: the figure that must differ, and those that may differ beside it; any other means that something else is wrong. */
type Figures = readonly [figure: string, ...beside: string[]];

const ANY = '*';
const COURSE = 'courseAnalytics';
const LESSON = 'lessonAnalytics';
const AT_RISK = 'courseLearnersAtRisk';
const TAUGHT = 'myCourses.nodes';
const PLATFORM = 'platformAnalytics';
const ACTIVITY = 'learningActivity';

const ANSWERS = [COURSE, PLATFORM];
/** The days of a period that are over, and as many of the one before. */
const WHOLE = ANSWERS.map((of) => `${of}.whole_days`);
const PERIODS = [...ANSWERS, ...WHOLE].flatMap((of) => [`${of}.period`, `${of}.period_before`]);
/** A figure of the answers that have days. */
const ofDays = (figure: string): Figures => [
  `${COURSE}.days.${figure}`,
  `${PLATFORM}.days.${figure}`,
];
const ofPeriods = (figure: string): string[] => PERIODS.map((period) => `${period}.${figure}`);
const ofLessons = (figure: string): Figures => [
  `${COURSE}.lessons.${figure}`,
  `${LESSON}.lesson.${figure}`,
];
const DROP_OFFS: Figures = [`${COURSE}.worst_drop_off`, `${TAUGHT}.worst_drop_off`];
const PERCENTILES = [
  `${COURSE}.median_days_to_complete`,
  `${COURSE}.p90_days_to_complete`,
] as const;

export const FOUND_BY: Readonly<Record<string, Figures>> = {
  'a row of the journal is lost': [`${COURSE}.learners`, ANY],
  'a row is folded twice': [`${COURSE}.watch_time_seconds`, ANY],
  'an erased learner stays': [`${COURSE}.learners`, ANY],
  'the border of days is an hour off': [`${COURSE}.days`, ANY],
  'a revived record counts as the old one': [`${COURSE}.lessons.started`, ANY],
  'what is replayed counts as seen': [`${LESSON}.seen`, LESSON, ...ofLessons('intro_hold')],
  'a month of activity has 29 days': [...ofDays('monthly_active'), ...ofPeriods('monthly_active')],
  'a week of activity has 8 days': ofDays('weekly_active'),
  'the platform counts a learner once for each course': [
    `${PLATFORM}.days.active`,
    ...[`${PLATFORM}.days`, ...ofPeriods('monthly_active')],
  ],
  'a later lesson of the same day is not the last one': [
    ...ofLessons('stopped'),
    ...[...DROP_OFFS, `${AT_RISK}.nodes.last_lesson`],
  ],

  'today is the day in UTC': [`${COURSE}.period`, ANY],
  'since is the day in UTC': [`${COURSE}.since`, ANY],
  'at risk after 15 days': [`${COURSE}.at_risk`],
  'lost after 90 days, not more': [`${COURSE}.lost`, `${COURSE}.at_risk`],
  'settled after 29 days': [`${COURSE}.completion_rate_settled`],
  'percentages of 19 learners': [
    `${COURSE}.completion_rate`,
    ...[`${COURSE}.completion_rate_settled`, `${COURSE}.lessons`, `${LESSON}.lesson`],
    `${TAUGHT}.completion_rate`,
  ],
  'percentiles are one learner off': PERCENTILES,
  'times of too few completers': [`${COURSE}.days_to_complete`, ...PERCENTILES],
  'cohorts of one learner too few': [`${COURSE}.cohorts`],
  'the last weeks stay alone': [`${COURSE}.cohorts`],
  'weeks pass for a cohort a day early': [`${COURSE}.cohorts.within.learners`],
  'the last day of a cohort’s weeks is left out': [`${COURSE}.cohorts.within.learners`],
  'cohorts end on Saturday': [`${COURSE}.cohorts`],
  'the first day of activity is not known': [`${COURSE}.days`, `${PLATFORM}.days`],
  'a period that begins before activity has watch time': [
    `${COURSE}.period.watch_time_seconds`,
    ...ofPeriods('watch_time_seconds'),
  ],
  'the period before overlaps': [
    `${COURSE}.period_before`,
    ...[`${PLATFORM}.period_before`, ...WHOLE.map((days) => `${days}.period_before`)],
  ],
  'today counts as a whole day': [`${COURSE}.whole_days`, `${PLATFORM}.whole_days`],
  'activity before the period is forgotten': [
    ...ofDays('monthly_active'),
    ...[...ofDays('weekly_active'), ...ofPeriods('monthly_active')],
  ],
  'the worst lesson is the best': DROP_OFFS,
  'stopped after 15 days': ofLessons('stopped'),
  'dropped off after 15 days': DROP_OFFS,
  'the intro ends a second early': ofLessons('intro_hold'),
  'a lesson of 30 s has an intro': ofLessons('intro_hold'),
  'what is seen again is covered': ofLessons('average_coverage'),

  'a curve of too few': [`${LESSON}.withheld`, LESSON],
  'more points than asked for': [
    `${LESSON}.seconds_per_point`,
    `${LESSON}.seen`,
    `${LESSON}.replayed`,
  ],
  'a curve that begins a second late': [
    `${LESSON}.seen`,
    ...[`${LESSON}.replayed`, `${LESSON}.hotspots`, `${LESSON}.leave_points`],
  ],
  'hotspots of 2 s': [`${LESSON}.hotspots`],
  'hotspots by 3 points more': [`${LESSON}.hotspots`],
  'hotspots by one deviation': [`${LESSON}.hotspots`],
  'hotspots of too few': [`${LESSON}.hotspots`],
  'leave points of too few': [`${LESSON}.leave_points`],
  'leave points that overlap': [`${LESSON}.leave_points`],
  'leave points at the end': [`${LESSON}.leave_points`],
  'the first second of a fall is passed over': [`${LESSON}.leave_points`],

  'listed as at risk a day late': [`${AT_RISK}.nodes`],
  'counted as at risk a day late': [`${AT_RISK}.total_learners`],
  'a page leaves out learners of the same day': [`${AT_RISK}.nodes`],
  'who completed is at risk': [`${AT_RISK}.nodes`],
  'who left is at risk': [`${AT_RISK}.nodes`],
  'a page leaves out courses of the same key': [TAUGHT],
  'the present week is left out': [`${TAUGHT}.weeks`],
  'the week in which activity began is known': [`${TAUGHT}.weeks.watch_time_seconds`],
  'summaries leave the first day of those at risk out': [`${TAUGHT}.at_risk`],
  'summaries count the last fortnight': [`${TAUGHT}.at_risk`],
  'the last day of the period counts for no top course': [`${PLATFORM}.top_courses`],
  'the least watched course is first': [`${PLATFORM}.top_courses`],
  'a streak that ended yesterday is over': [`${ACTIVITY}.current_streak`],
  'a streak outlives a day': [`${ACTIVITY}.longest_streak`, `${ACTIVITY}.current_streak`],
  'days without activity are active': [`${ACTIVITY}.days`, ACTIVITY],
};

/** Whether a path of `differing` is the figure, or lies in it. */
export const isOf = (figure: string, path: string): boolean =>
  figure === ANY || path === figure || path.startsWith(`${figure}.`);
