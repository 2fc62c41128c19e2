import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { StoredLesson } from './course-catalog.js';
import { confirmableAt, hold, NO_SHRINK, type Shrink, type Structure } from './shrink.js';

const CONFIRM_MS = 300;

const lessonsOf = (ids: string): StoredLesson[] =>
  [...ids].map((lessonId, index) => ({
    ...{ lessonId, sectionId: null, title: null },
    ...{ position: index + 1, durationSeconds: null },
  }));

/** A course, as answers about it come in. A list of lessons is a text; a number is that of a course without a list. */
class Course {
  structure: Structure = { listed: false, lessons: [], total: 0 };
  waiting: Shrink = NO_SHRINK;

  told(what: string | number | null, at: number, confirmMs = CONFIRM_MS): this {
    const [lessons, total] = typeof what === 'string' ? [lessonsOf(what), null] : [null, what];
    const held = hold(this.structure, this.waiting, { lessons, total, at }, confirmMs);
    this.structure = held.structure;
    this.waiting = held.waiting;
    return this;
  }

  get lessons(): string {
    return this.structure.lessons.map(({ lessonId }) => lessonId).join('');
  }
}

describe('a list of lessons', () => {
  it('counts at once where it is the first one, and what is added to it', () => {
    const course = new Course().told('abc', 0);
    expect(course.structure.total).toBe(3);
    expect(course.told('abcd', 1)).toMatchObject({ lessons: 'abcd', waiting: NO_SHRINK });
  });

  it('loses a lesson only when a second look misses it again', () => {
    const course = new Course().told('abc', 0).told('ac', 100);
    expect(course.lessons).toBe('acb');
    expect(course.waiting).toEqual({ missing: { b: 100 }, told: null });
    expect(confirmableAt(course.waiting, CONFIRM_MS)).toEqual({ first: 400, last: 400 });
    expect(course.told('ac', 399).lessons).toBe('acb');
    expect(course.told('ac', 400)).toMatchObject({ lessons: 'ac', waiting: NO_SHRINK });
    expect(course.structure.total).toBe(2);
  });

  it('keeps a lesson that is listed again, however often it is missing for a moment', () => {
    const course = new Course().told('abc', 0);
    for (let at = 0; at < 3_000; at += 200) {
      expect(course.told('ac', at).lessons).toBe('acb');
      expect(course.told('abc', at + 100)).toMatchObject({ lessons: 'abc', waiting: NO_SHRINK });
    }
  });

  it('begins the time anew for those that are missing now, not for those that were', () => {
    const course = new Course().told('abc', 0).told('ab', 100).told('a', 200);
    expect(course.waiting.missing).toEqual({ b: 200, c: 100 });
    expect(confirmableAt(course.waiting, CONFIRM_MS)).toEqual({ first: 400, last: 500 });
    expect(course.told('a', 450)).toMatchObject({
      lessons: 'ab',
      waiting: { missing: { b: 200 } },
    });
    expect(course.told('a', 500).lessons).toBe('a');
  });

  it('adds at once what comes with a removal, and stores new titles of the others', () => {
    const course = new Course().told('abc', 0).told('axy', 100);
    expect(course.lessons).toBe('axybc');
    expect(course.structure.total).toBe(5);
  });

  it('that is empty removes everything, after the second look', () => {
    const course = new Course().told('ab', 0).told('', 100);
    expect(course.structure.total).toBe(2);
    expect(course.told('', 400).structure).toEqual({ listed: true, lessons: [], total: 0 });
  });

  it('is not changed by an answer without one', () => {
    const course = new Course().told('abc', 0).told(1, 100).told(1, 1_000).told(null, 2_000);
    expect(course).toMatchObject({ lessons: 'abc', waiting: NO_SHRINK });
  });

  it('loses lessons at once where no confirmation is asked for, or somebody gives it', () => {
    expect(new Course().told('abc', 0).told('a', 1, 0).lessons).toBe('a');
    expect(new Course().told('abc', 0).told('a', 1).told('a', 2, 0).waiting).toEqual(NO_SHRINK);
  });
});

describe('a number of lessons without a list', () => {
  it('counts at once, if the course service has counted', () => {
    expect(new Course().told(4, 0)).toMatchObject({ structure: { total: 4 }, waiting: NO_SHRINK });
  });

  it('that is 1, the default, completes nobody before a second look says it again', () => {
    const course = new Course().told(1, 0);
    expect(course.structure.total).toBe(0);
    expect(course.waiting.told).toEqual({ lessons: 1, since: 0 });
    expect(course.told(1, 299).structure.total).toBe(0);
    expect(course.told(1, 300).structure.total).toBe(1);
    expect(course.waiting).toEqual(NO_SHRINK);
  });

  it('gives way at once to a list, also to a longer one', () => {
    const course = new Course().told(1, 0).told('abc', 10);
    expect(course).toMatchObject({ structure: { listed: true, total: 3 }, waiting: NO_SHRINK });
    const confirmed = new Course().told(1, 0).told(1, 300).told('abc', 310);
    expect(confirmed.structure.total).toBe(3);
  });

  it('grows at once, and shrinks after the second look', () => {
    const course = new Course().told(4, 0, 0).told(5, 10);
    expect(course.structure.total).toBe(5);
    expect(course.told(2, 20).structure.total).toBe(5);
    expect(course.told(1, 100).waiting.told).toEqual({ lessons: 1, since: 100 });
    expect(course.told(2, 350).structure.total).toBe(5);
    expect(course.told(2, 400).structure.total).toBe(2);
    expect(course.told(0, 500).structure.total).toBe(2);
    expect(course.told(0, 800).structure.total).toBe(0);
  });

  it('that is higher than the first list counts until the second look', () => {
    const course = new Course().told(5, 0, 0).told('abc', 10);
    expect(course.structure).toMatchObject({ listed: true, total: 5 });
    expect(course.told('abcd', 200).waiting.told).toEqual({ lessons: 4, since: 10 });
    expect(course.told('abcd', 310)).toMatchObject({ structure: { total: 4 }, waiting: NO_SHRINK });
  });

  it('is not told by an answer without a number', () => {
    const course = new Course().told(4, 0, 0).told(null, 10);
    expect(course.structure.total).toBe(4);
  });
});

it('a lesson or a number goes only when no answer of CONFIRM_MS or more said otherwise', () => {
  const answer = fc.tuple(
    fc.oneof(fc.uniqueArray(fc.constantFrom(...'abcd')), fc.nat(4)),
    fc.integer({ min: 1, max: 400 }),
  );
  fc.assert(
    fc.property(fc.array(answer, { maxLength: 12 }), (answers) => {
      const course = new Course();
      const heard: { what: string | number; at: number }[] = [];
      let now = 0;
      for (const [told, wait] of answers) {
        now += wait;
        const what = typeof told === 'number' ? told : told.join('');
        course.told(what, now);
        heard.push({ what, at: now });
        const recent = heard.filter(({ at }) => now - at < CONFIRM_MS);
        const lists = recent.filter((one) => typeof one.what === 'string');
        for (const lessonId of lists.flatMap((one) => [...String(one.what)])) {
          expect(course.lessons).toContain(lessonId);
        }
        if (course.structure.listed) {
          expect(course.structure.total).toBeGreaterThanOrEqual(course.lessons.length);
        }
      }
    }),
  );
});
