import type { Statement } from '../../../../../common/database/statement.js';
import { ACTIVITY, EDGES, MONTHS, PLATFORM_DAYS } from './activity.js';
import type { Check } from './check.js';
import { rebuilding, verifying } from './comparing.js';
import { CERTIFICATES, COHORTS, ENROLMENTS, SILENCE } from './enrolments.js';
import { COMPLETED_LESSONS, LEARNERS, STRAY_DAYS } from './learners.js';
import { LESSONS, SECONDS, STRAY_SECONDS } from './lessons.js';
import { COURSE_TOTALS, OPEN_LESSONS, QUARTERS, WEEKS } from './totals.js';
import { coursesEnd, daysEnd, learnersEnd, lessonsEnd } from './portion-ends.js';

/** A walk over everything, a portion at a time, and what is checked on it. */
export interface Walk {
  readonly name: string;
  /** A portion's size: records, learners' courses, or days. */
  readonly size: number;
  readonly end: Statement<{ upTo: string }>;
  readonly checks: readonly Check[];
}

/**
 * In an order in which each check counts from what is right already. All but `lessons` and `learners` count from
 * tables of analytics, which the folder changes together.
 */
export const WALKS: readonly Walk[] = [
  { name: 'lessons', size: 50_000, end: lessonsEnd, checks: [SECONDS, LESSONS] },
  {
    name: 'learners',
    size: 5_000,
    end: learnersEnd,
    checks: [STRAY_DAYS, COMPLETED_LESSONS, LEARNERS],
  },
  {
    name: 'courses',
    size: 500_000,
    end: coursesEnd,
    checks: [STRAY_SECONDS, SILENCE, COHORTS, ENROLMENTS, CERTIFICATES],
  },
  { name: 'days', size: 92, end: daysEnd, checks: [ACTIVITY, EDGES, PLATFORM_DAYS] },
  {
    name: 'months',
    size: 500_000,
    end: coursesEnd,
    checks: [MONTHS, QUARTERS, COURSE_TOTALS, OPEN_LESSONS, WEEKS],
  },
];

const ALL = WALKS.flatMap(({ checks }) => checks);

export const verifyStatements = new Map(ALL.map((check) => [check, verifying(check)]));
export const rebuildStatements = new Map(ALL.map((check) => [check, rebuilding(check)]));
