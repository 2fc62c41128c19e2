import { describe, expect, it } from 'vitest';
import { pathOf } from '../src/charts/path.ts';
import { heights, linear } from '../src/charts/scale.ts';
import { timeTicks } from '../src/charts/time-ticks.ts';
import { addDays, dayIn, dayRange, daysBetween, weekday } from '../src/format/days.ts';
import { percent, place, position } from '../src/format/numbers.ts';
import { current } from '../src/i18n/language.ts';
import { text } from '../src/i18n/text.ts';
import { binsOf } from '../src/pages/course/bins.ts';
import { stepsOf } from '../src/pages/learning/calendar-steps.ts';
import { streakOf } from '../src/pages/learning/longest-streak.ts';
import { momentsOf } from '../src/pages/lesson/moments.ts';
import { personOf } from '../src/session/token.ts';

describe('charts', () => {
  it('put a figure where the pointer finds it again', () => {
    const x = linear([0, 690], [44, 1_000]);
    for (const second of [0, 251, 690]) expect(x.invert(x(second))).toBeCloseTo(second);
  });

  it('of lines leave out what is not known, and show a value that is alone', () => {
    expect(pathOf([[0, 1], [1, 2], null, [3, 4], null, null, [6, 7]])).toBe('M0,1L1,2M3,4ZM6,7Z');
    expect(pathOf([])).toBe('');
  });

  it('of nothing have an axis all the same', () => {
    const y = heights(0, [200, 10]);
    expect(y(0)).toBe(200);
    expect(y.ticks(4).length).toBeGreaterThan(1);
  });

  it('of times have round hours', () => {
    const y = heights(5.2 * 3_600, [200, 10], 3_600);
    expect(y.ticks(4).every((tick) => tick % 1_800 === 0)).toBe(true);
  });

  it('name as many moments of a film as there is space for', () => {
    expect(timeTicks(690, 920)).toEqual(Array.from({ length: 12 }, (_, minute) => minute * 60));
    expect(timeTicks(690, 320)).toHaveLength(3);
    expect(timeTicks(36_000, 320).length).toBeLessThan(12);
  });

  it('of days have no learner twice, and none left out', () => {
    const rows = [
      { days: 0, learners: 3 },
      { days: 31, learners: 2 },
      { days: 365, learners: 1 },
    ];
    for (const some of [rows.slice(0, 1), rows.slice(0, 2), rows]) {
      const bins = binsOf(some);
      const sum = (counts: number[]) => counts.reduce((all, one) => all + one, 0);
      expect(sum(bins.map(({ count }) => count))).toBe(sum(some.map(({ learners }) => learners)));
      expect(bins.length).toBeLessThanOrEqual(32);
    }
  });
});

describe('the colours of a year', () => {
  const daysOf = (...seconds: (number | null)[]) => seconds.map((one) => ({ seconds: one }));

  it('tell typical days apart, of those who learn minutes and of those who learn hours', () => {
    for (const size of [60, 3_600]) {
      const minutes = [4, 5, 6, 7, 8, 9, 10, 11, 12, 60].map((one) => one * size);
      const steps = stepsOf(daysOf(null, 0, ...minutes));
      const colours = minutes.map((one) => steps.filter((from) => one >= from).length);
      expect(colours).toEqual([1, 1, 2, 2, 3, 3, 4, 4, 5, 5]);
    }
  });

  it('leave days without activity as they are, also where there are no others', () => {
    expect(stepsOf(daysOf(null, 0)).every((from) => from > 0)).toBe(true);
    expect(stepsOf(daysOf(0, 0, 300))).toEqual([300, 300, 300, 300, 300]);
  });
});

it('where no moment stands out, it is said from when on one would', () => {
  const words = text('moments.none');
  expect(words).toMatch(/within 5 seconds, before the last 5% .* 5% of the learners leave/);
  expect(words).not.toContain('nobody');
});

it('moments are numbered in the order of the lesson', () => {
  const moments = momentsOf({
    hotspots: [
      { from: 70, to: 80, share: 50 },
      { from: 10, to: 14, share: 40 },
    ],
    leave_points: [{ from: 60, to: 65, lost: 8 }],
  });
  expect(moments.map(({ number, kind, from }) => [number, kind, from])).toEqual([
    [1, 'replay', 10],
    [2, 'leave', 60],
    [3, 'replay', 70],
  ]);
});

it.each([
  [0, '0:00'],
  [250, '4:10'],
  [3_850, '1:04:10'],
])('second %i of a film is %s', (second, shown) => expect(position(second)).toBe(shown));

it('a place in a film is no time of day in a French sentence', () => {
  const before = current.value;
  current.value = { ...before, language: 'fr', locale: 'fr' };
  const said = [0, 45, 432, 3_600, 3_850].map((second) => place(second).replaceAll(/\s/g, ' '));
  const drawn = position(432);
  current.value = before;
  expect(said).toEqual(['0 s', '45 s', '7 min 12 s', '1 h', '1 h 4 min 10 s']);
  expect([drawn, place(432)]).toEqual(['7:12', '7:12']);
});

it.each([
  [0, '0%'],
  [2.34, '2.3%'],
  [9.96, '10%'],
  [12.66, '13%'],
  [84.69, '85%'],
  [99.6, '99.6%'],
  [100, '100%'],
  [112, '112%'],
])('%d percent are %s wherever they are told', (value, shown) =>
  expect(percent(value)).toBe(shown),
);

describe('the longest streak', () => {
  const days = ['2026-02-27', '2026-02-28', '2026-03-01', '2026-03-04', '2026-03-05'].map(
    (day) => ({
      day,
    }),
  );

  it('began and ended on days that are told', () => {
    expect(streakOf(3, days)).toEqual({ from: '2026-02-27', to: '2026-03-01' });
    expect(streakOf(2, days)).toEqual({ from: '2026-03-04', to: '2026-03-05' });
  });

  it('is told without them where it was before the year that is shown', () => {
    expect(streakOf(9, days)).toBeNull();
    expect(streakOf(0, [])).toBeNull();
  });
});

describe('days', () => {
  it('are counted by the calendar, over changes of summer time and years', () => {
    expect(addDays('2026-12-31', 1)).toBe('2027-01-01');
    expect(daysBetween('2026-03-01', '2026-04-01')).toBe(31);
    expect(weekday('2026-03-30')).toBe(0);
  });

  it('from one to another are named once where they are the same', () => {
    const named = (from: string, to: string) => dayRange({ from, to }).replaceAll(/\s/g, ' ');
    expect(named('2026-02-23', '2026-02-23')).toBe('Feb 23, 2026');
    expect(named('2026-02-23', '2026-03-02')).toBe('Feb 23 – Mar 2, 2026');
  });

  it('are those of the service’s zone', () => {
    const moment = Date.parse('2026-04-01T01:30:00Z');
    expect(dayIn('America/New_York', moment)).toBe('2026-03-31');
    expect(dayIn('UTC', moment)).toBe('2026-04-01');
  });
});

describe('a token', () => {
  it('names a person, their role, and its end', () => {
    const claims = { sub: 'Ü', role: 'instructor', exp: 1_900_000_000 };
    const payload = Buffer.from(JSON.stringify(claims)).toString('base64url');
    expect(personOf(`e30.${payload}.signature`)).toEqual({
      ...{ userId: 'Ü', role: 'instructor', expiresAt: 1_900_000_000_000 },
    });
  });

  it.each(['', 'a', 'a.b.c', 'a.e30.c', `a.${btoa('null')}.c`])('is not %j', (text) => {
    expect(personOf(text)).toBeNull();
  });
});
