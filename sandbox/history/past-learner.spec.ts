import { describe, expect, it } from 'vitest';
import { DAY_SECONDS, dayOf } from './behaviour/calendar.ts';
import { WEEKS } from './behaviour/enrolment.ts';
import { secondsOf, type Sitting } from './behaviour/sitting.ts';
import { WITH_PAST } from './catalogue.ts';
import { CROWD, PAST_LEARNERS } from './crowd.ts';
import { pastOf } from './past-learner.ts';

const ENDS_AT = new Date('2026-05-20T21:00:00Z');
const END = ENDS_AT.getTime() / 1_000;
const SOME = 1_000;

const histories = Array.from({ length: SOME }, (_, number) => pastOf(number, ENDS_AT));
const sittings = histories.flat();

const activeOn = (day: (at: number) => number): Map<number, number> => {
  const counts = new Map<number, number>();
  for (const { at } of sittings) counts.set(day(at), (counts.get(day(at)) ?? 0) + 1);
  return counts;
};

describe('the past of the sandbox’s learners', () => {
  it('is the same each time', () => {
    expect(pastOf(17, ENDS_AT)).toEqual(histories[17]);
    expect(new Set(histories.map((history) => JSON.stringify(history))).size).toBe(SOME);
  });

  it('lies in the weeks before its end, in order, one lesson at a time', () => {
    const begin = END - (WEEKS * 7 + 1) * DAY_SECONDS;
    const endOf = (sitting: Sitting) => sitting.at + secondsOf(sitting);
    expect(sittings.filter((one) => one.at < begin || endOf(one) > END)).toEqual([]);
    const overlaps = histories.flatMap((history) =>
      history.filter((one, index) => index > 0 && one.at <= endOf(history[index - 1]!)),
    );
    expect(overlaps).toEqual([]);
  });

  it('has nearly each learner do something: some have not come yet on their first day', () => {
    const idle = histories.filter((history) => history.length === 0);
    expect(idle.length).toBeLessThan(SOME / 20);
  });

  it('names only lessons of the catalogue', () => {
    const lessons = WITH_PAST.courses.flatMap(({ _id: courseId, sections }) =>
      sections!.flatMap((section) =>
        section.lessons.map(({ _id, durationSeconds }) => `${courseId} ${_id} ${durationSeconds}`),
      ),
    );
    const isTold = ({ courseId, lessonId, durationSeconds }: Sitting) =>
      lessons.includes(`${courseId} ${lessonId} ${durationSeconds}`);
    expect(sittings.filter((sitting) => !isTold(sitting))).toEqual([]);
  });

  it('has busy Sundays and quiet Fridays', () => {
    const active = activeOn((at) => (dayOf(at) + 4) % 7);
    expect(active.get(0)!).toBeGreaterThan(1.3 * active.get(5)!);
  });

  it('gives the sandbox’s learner a week of learning that ends yesterday', () => {
    const days = [...new Set(histories[0]!.map(({ at }) => dayOf(END) - dayOf(at)))];
    expect(days.slice(-7)).toEqual([7, 6, 5, 4, 3, 2, 1]);
    expect(days).toHaveLength(18);
  });
});

describe('the catalogue with a past', () => {
  it('has ids of the forms that the platform has, each once', () => {
    const ids = WITH_PAST.users.map(({ id }) => id);
    expect(ids.filter((id) => !/^[0-7][0-9A-HJKMNP-TV-Z]{25}$/.test(id))).toEqual([]);
    const lessons = WITH_PAST.courses.flatMap(({ sections }) =>
      sections!.flatMap((section) => section.lessons),
    );
    const objectIds = [...WITH_PAST.courses, ...lessons].map(({ _id }) => _id);
    expect(new Set([...ids, ...objectIds]).size).toBe(ids.length + objectIds.length);
    expect(PAST_LEARNERS).toHaveLength(CROWD.length + 1);
  });
});
