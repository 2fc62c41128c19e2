import { describe, expect, it } from 'vitest';
import { MalformedCourseError, readCourse } from './course-reply.js';

const read = (data: Record<string, unknown>) => readCourse('c1', { _id: 'c1', ...data });
const lessonIds = (data: Record<string, unknown>) =>
  read(data).lessons?.map((lesson) => lesson.lessonId) ?? null;

describe('readCourse', () => {
  it('takes the listed lessons for the structure, in order, whatever totalLectures says', () => {
    const course = read({
      title: 'T',
      instructorId: 'i1',
      totalLectures: 1,
      sections: [
        { _id: 's1', lessons: [{ _id: 'l1', title: 'One', durationSeconds: 61.4 }, { id: 'l2' }] },
        { id: 's2', lessons: [{ _id: 'l3', durationSeconds: 0 }] },
      ],
    });
    expect(course).toEqual({
      courseId: 'c1',
      title: 'T',
      instructorId: 'i1',
      isActive: true,
      totalLectures: 1,
      lessons: [
        { lessonId: 'l1', sectionId: 's1', title: 'One', position: 1, durationSeconds: 61 },
        { lessonId: 'l2', sectionId: 's1', title: null, position: 2, durationSeconds: null },
        { lessonId: 'l3', sectionId: 's2', title: null, position: 3, durationSeconds: null },
      ],
    });
  });

  it('knows only a number where no lessons are listed', () => {
    expect(read({ totalLectures: 4 })).toMatchObject({ lessons: null, totalLectures: 4 });
    expect(lessonIds({ sections: null })).toBeNull();
    expect(lessonIds({ sections: ['s1', 's2'] })).toBeNull();
    expect(lessonIds({ sections: [{ _id: 's1', title: 'S' }] })).toBeNull();
    expect(lessonIds({ sections: [{ _id: 's1', lessons: null }] })).toBeNull();
  });

  it('takes an empty list for an empty course', () => {
    expect(lessonIds({ sections: [], totalLectures: 1 })).toEqual([]);
    expect(lessonIds({ sections: [{ _id: 's1', lessons: [] }] })).toEqual([]);
  });

  it('takes lessons given by their ids only, and each once', () => {
    expect(
      lessonIds({ sections: [{ lessons: ['l1', 'l2'] }, { title: 'empty' }, { lessons: ['l1'] }] }),
    ).toEqual(['l1', 'l2']);
  });

  it('takes a MongoDB document, whose ids are `{ $oid }`', () => {
    const oid = (last: string) => ({ $oid: `6740a1f0c3d2e4b5a69788f${last}` });
    const sections = [{ _id: oid('1'), lessons: [{ _id: oid('2') }, oid('3')] }];
    const document = { _id: oid('0'), instructorId: oid('9'), sections };
    expect(readCourse(oid('0').$oid, document)).toMatchObject({
      courseId: oid('0').$oid,
      instructorId: oid('9').$oid,
      lessons: [
        { lessonId: oid('2').$oid, sectionId: oid('1').$oid },
        { lessonId: oid('3').$oid, sectionId: oid('1').$oid },
      ],
    });
    expect(() => readCourse(oid('1').$oid, document)).toThrow(MalformedCourseError);
  });

  it('takes a course that has the id under `id`, and another under `_id`', () => {
    expect(read({ _id: 'x', id: 'c1', title: 'T' })).toMatchObject({ courseId: 'c1', title: 'T' });
  });

  it('takes an instructor given as a record', () => {
    expect(read({ instructorId: { _id: 'i1', name: 'x' } }).instructorId).toBe('i1');
    expect(read({ instructorId: { id: 'i2' } }).instructorId).toBe('i2');
    expect(read({ instructorId: 7 }).instructorId).toBeNull();
  });

  it.each([
    ['600', 600],
    [' 600 ', 600],
    ['600.0', 600],
    ['59.6', 60],
    [{ $numberInt: '600' }, 600],
    [{ $numberDecimal: '600.0' }, 600],
    ['10 min', null],
    ['', null],
    ['0x10', null],
    ['1e999', null],
    ['-5', null],
    ['6\u00a00', null],
    [{ $numberDouble: 'NaN' }, null],
    [true, null],
    [[600], null],
  ])('reads %j as a length, and as a number of lessons', (value, number) => {
    const sections = [{ lessons: [{ _id: 'l1', durationSeconds: value }] }];
    expect(read({ sections }).lessons![0]!.durationSeconds).toBe(number);
    expect(read({ totalLectures: value }).totalLectures).toBe(number);
  });

  it.each([
    [`${'x'.repeat(499)}😀`, 'x'.repeat(499)],
    ['half a \ud83d pair', 'half a   pair'],
    ['with\u0000nothing', 'with nothing'],
  ])('stores the title %j well formed', (title, stored) => {
    const course = read({ title, sections: [{ lessons: [{ _id: 'l1', title }] }] });
    expect([course.title, course.lessons![0]!.title]).toEqual([stored, stored]);
  });

  it.each(['i1\u0000', '\ud83d', 'x'.repeat(65), ' i1'])(
    'takes the instructor %j for nobody, and not for somebody of a similar name',
    (instructorId) => {
      expect(read({ instructorId }).instructorId).toBeNull();
    },
  );

  it.each([
    ['another course', { _id: 'c2' }],
    ['sections that are no list', { sections: 'many' }],
    ['lessons that are no list', { sections: [{ lessons: { l1: true } }] }],
    ['a section that is no record', { sections: [{ lessons: ['l1'] }, null] }],
    ['a lesson without an id', { sections: [{ lessons: [{ _id: 'l1' }, { title: 'x' }] }] }],
    ['a lesson with an id that no lesson can have', { sections: [{ lessons: [{ _id: 'l 1' }] }] }],
  ])('refuses %s', (_, data) => {
    expect(() => read(data)).toThrow(MalformedCourseError);
  });
});
