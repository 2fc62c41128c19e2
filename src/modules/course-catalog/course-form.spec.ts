import { describe, expect, it } from 'vitest';
import { verdictOf } from '../../common/nats/peer-verdict.js';
import { readAnswer } from './course-form.js';

const id = '6740a1f0c3d2e4b5a6978800';
const course = { _id: id, title: 'T' };
const other = { _id: '6740a1f0c3d2e4b5a6978801', title: 'O' };
const said = (value: unknown) =>
  readAnswer('course.get.by.id', id, verdictOf({ kind: 'answer', value }));
const threw = (error: unknown) =>
  readAnswer('course.get.by.id', id, verdictOf({ kind: 'refused', error }));

describe('the answer of a course service', () => {
  it.each([
    ['an object', { success: true, message: 'ok', data: course }],
    ['the course alone', course],
    ['a bare list', [course]],
    ['a list with others before it, and a gap', [other, null, course]],
    ['a list as data', { data: [course] }],
    ['a MongoDB document', [{ _id: { $oid: id }, title: 'T' }]],
    ['a course with its id under another name', { id, title: 'T' }],
  ])('is the course that was asked for: %s', (_, value) => {
    expect(said(value)).toMatchObject({ kind: 'found', course: { courseId: id, title: 'T' } });
  });

  it.each([
    ['an empty list', []],
    ['a list of others', [other]],
    ['a list of nothing', [null]],
    ['null as data', { success: true, data: null }],
    ['no success and no data', { success: false, message: 'no' }],
    ['nothing', null],
  ])('says that there is no such course: %s', (_, value) => {
    expect(said(value)).toEqual({ kind: 'absent' });
  });

  it.each([
    ['another course', { data: other }],
    ['another course, alone', other],
    ['a list of texts', [id]],
    ['a list of records without ids', [{ title: 'T' }]],
    ['a list of lists', [[course]]],
    ['a course with a lesson that has no id', [{ ...course, sections: [{ lessons: [{}] }] }]],
    ['a text', 'yes'],
  ])('tells nothing: %s', (_, value) => {
    expect(said(value)).toMatchObject({ kind: 'failing', error: { reason: 'malformed' } });
  });

  it('tells absence by status 404, nothing by the generic error, and refuses in its own words', () => {
    expect(threw({ statusCode: 404, message: 'no' })).toEqual({ kind: 'absent' });
    const generic = { status: 'error', message: 'Internal server error' };
    expect(threw(generic)).toMatchObject({ kind: 'failing', error: { reason: 'failing' } });
    expect(threw('no such course')).toEqual({ kind: 'absent' });
    expect(threw('not for you')).toEqual({ kind: 'refused' });
  });

  it('says that there is no course of this id where another spelling is found', () => {
    const capitals = (value: unknown) =>
      readAnswer('course.get.by.id', id.toUpperCase(), verdictOf({ kind: 'answer', value }));
    for (const value of [{ data: course }, course, [course]])
      expect(capitals(value)).toEqual({ kind: 'absent' });
  });
});
