import { expect, it } from 'vitest';
import { courseToBeUpdated } from './course-update-hint.js';

const envelope = (data: unknown) => ({ pattern: 'course.update', data, id: 'b2f1c3d4e5' });

it.each([
  ['data.id', envelope({ id: 'c1' })],
  ['data.courseId', envelope({ courseId: 'c1', id: 'someone else' })],
  ['data._id', envelope({ _id: 'c1' })],
  ['data itself', envelope('c1')],
  ['updateCourseInput.id', envelope({ updateCourseInput: { id: 'c1', title: 'New' } })],
  ['updateCourseInput.courseId', envelope({ updateCourseInput: { courseId: 'c1' } })],
  ['course._id', envelope({ course: { _id: 'c1' } })],
  ['a body without an envelope', { courseId: 'c1' }],
  ['a body that is the id', 'c1'],
])('finds the course in %s', (_place, request) => {
  expect(courseToBeUpdated(request)).toBe('c1');
});

it.each([
  ['an envelope without data', envelope(undefined)],
  ['an envelope whose data names nothing', envelope({ title: 'New' })],
  ['an id of another form', envelope({ id: 'course.>' })],
  ['a number', envelope({ id: 7 })],
  ['a list', envelope([{ id: 'c1' }])],
  ['null', null],
  ['text', 'not an id'],
])('finds none in %s', (_case, request) => {
  expect(courseToBeUpdated(request)).toBeNull();
});
