import { describe, expect, it } from 'vitest';
import { changeOver } from '../src/pages/activity/change.ts';
import { headlineOf } from '../src/pages/activity/headline.ts';
import {
  metricOf,
  PLATFORM_METRICS,
  type Day,
  type PeriodFigures,
} from '../src/pages/activity/metrics.ts';
import { count } from '../src/format/numbers.ts';
import { fallsOf } from '../src/pages/lesson/falls.ts';

const since = '2026-08-06';
const period = (watch_time_seconds: number | null): PeriodFigures => ({
  ...{
    from: '2026-08-05',
    to: '2026-08-08',
    enrolled: 3,
    monthly_active: null,
    courses_completed: 1,
    watch_time_seconds,
  },
});
const dayOf = (day: string, watch_time_seconds: number | null): Day => ({
  ...{ day, enrolled: 0, active: 0, weekly_active: 0, monthly_active: 0, courses_completed: 0 },
  watch_time_seconds,
});

describe('a large figure', () => {
  const days = [
    dayOf('2026-08-05', null),
    dayOf('2026-08-06', 60),
    dayOf('2026-08-07', 0),
    dayOf('2026-08-08', 30),
  ];
  const time = metricOf('time');

  it('of a period that began before anything was known is of the days that are known, and says so', () => {
    expect(headlineOf(time, { now: period(null), days, since })).toEqual({ value: 90, since });
  });

  it('of a period that is known is of the whole of it', () => {
    expect(headlineOf(time, { now: period(500), days, since })).toEqual({
      ...{ value: 500, since: null },
    });
  });

  it('is never a sum of the days of another period, whose answer was there before', () => {
    const now = { ...period(null), from: '2026-07-01' };
    expect(headlineOf(time, { now, days, since })).toEqual({ value: null, since: null });
  });

  it('is not there while no day is known', () => {
    const unknown = { value: null, since: null };
    expect(headlineOf(time, { now: period(null), days: null, since })).toEqual(unknown);
    expect(headlineOf(time, { now: period(null), days: days.slice(0, 1), since })).toEqual(unknown);
  });

  it('of different learners is never a sum of days: one learner would count on each of them', () => {
    const active = metricOf('active');
    expect(headlineOf(active, { now: period(null), days, since }).value).toBeNull();
  });
});

it('of the platform is of beginnings of courses: who begins two counts twice', () => {
  const { name, field } = metricOf('enrolled', PLATFORM_METRICS);
  expect([name, field]).toEqual(['metric.starts', 'course_starts']);
  expect(metricOf('enrolled').field).toBe('new_learners');
});

it.each([
  [{ before: 50, now: 60, shown: 61 }, null, '+20% on the period before'],
  [{ before: 3, now: 795, shown: 800 }, null, '3 in the period before'],
  [{ before: 91, now: 2_619, shown: 2_619 }, 90, '90 days ago it was 91'],
  [{ before: 50, now: 60, shown: 60 }, 7, '+20% from 7 days ago'],
  [{ before: 5, now: 5, shown: 5 }, 90, 'the same as 90 days ago'],
  [{ before: 5, now: 5, shown: 6 }, 90, 'unchanged without today'],
  [{ before: 5, now: 5, shown: 6 }, null, 'unchanged without today'],
  [{ before: 0, now: 0, shown: 0 }, null, 'as in the period before'],
  [{ before: 0, now: 0, shown: 1 }, null, 'none in the period before'],
  [{ before: 0, now: 5, shown: 5 }, null, 'none in the period before'],
  [{ before: 0, now: 5, shown: 5 }, 90, 'none 90 days ago'],
  [{ before: null, now: 5, shown: 5 }, 365, 'no figures of 365 days ago'],
])('a change of %j, %j days apart, is “%s”', (figures, daysAgo, words) => {
  expect(changeOver({ ...figures, write: count }, daysAgo)).toBe(words);
});

describe('a fall of the curve', () => {
  const lasting = (from: number, lost: number) => ({ from, to: from + 5, lost });

  it('that the service tells as two, of which one ends where the other begins, is one', () => {
    const points = [lasting(287, 84), lasting(97, 70), lasting(292, 59)];
    expect(fallsOf(points)).toEqual([
      { from: 287, to: 297, lost: 143 },
      { from: 97, to: 102, lost: 70 },
    ]);
  });

  it('stays as it is where nothing was lost between it and the next', () => {
    const points = [lasting(35, 9), lasting(41, 8)];
    expect(fallsOf(points)).toEqual(points);
    expect(fallsOf([])).toEqual([]);
  });

  it('may be longer than two', () => {
    const points = [40, 45, 50].map((from) => lasting(from, 5));
    expect(fallsOf(points)).toEqual([{ from: 40, to: 55, lost: 15 }]);
  });
});
