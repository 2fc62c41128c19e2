import { describe, expect, it } from 'vitest';
import { PeerUnavailableError } from '../../common/nats/peer-unavailable.error.js';
import type { CourseAnswer, CourseForm } from './course-form.js';
import { CourseLookup } from './course-lookup.js';

const byId: CourseForm = 'course.get.by.id';
const withIds: CourseForm = 'course.findUsersWithIds';

type Kind = CourseAnswer['kind'];
const answer = (kind: Kind): CourseAnswer => {
  const error = new PeerUnavailableError('failing', 'course');
  return kind === 'found'
    ? { kind, course: {} as never }
    : kind === 'failing' || kind === 'unanswered'
      ? { kind, error }
      : { kind };
};
const answers = (kinds: Partial<Record<CourseForm, Kind>>) =>
  new Map(Object.entries(kinds).map(([form, kind]) => [form as CourseForm, answer(kind)]));

function lookupAfter(...questions: Partial<Record<CourseForm, Kind>>[]): CourseLookup {
  const lookup = new CourseLookup('auto');
  for (const kinds of questions) lookup.learn(answers(kinds));
  return lookup;
}

describe('the form that is asked first', () => {
  it('is the one that found a course', () => {
    const lookup = lookupAfter({ [byId]: 'failing', [withIds]: 'found' });
    expect(lookup.learned).toBe(withIds);
    expect(lookup.order()).toEqual([withIds, byId]);
  });

  it('is given up for another form that found what it did not', () => {
    const lookup = lookupAfter({ [byId]: 'found' });
    expect(lookup.learn(answers({ [byId]: 'failing', [withIds]: 'found' }))).toBe(true);
    expect(lookup.learned).toBe(withIds);
  });

  it.each<Kind>(['failing', 'refused', 'unanswered', 'absent'])(
    'stays when no form finds a course: %s',
    (kind) => {
      const lookup = lookupAfter({ [withIds]: 'found' });
      expect(lookup.learn(answers({ [byId]: kind, [withIds]: kind }))).toBe(false);
      expect(lookup.learned).toBe(withIds);
    },
  );

  it('stays while it is only slower than another', () => {
    const lookup = lookupAfter({ [byId]: 'found' });
    expect(lookup.learn(answers({ [withIds]: 'found' }))).toBe(false);
    expect(lookup.learn(answers({ [withIds]: 'found', [byId]: 'found' }))).toBe(false);
    expect(lookup.learn(answers({ [withIds]: 'found', [byId]: 'unanswered' }))).toBe(true);
  });

  it('is the only one when it is configured', () => {
    const lookup = new CourseLookup(withIds);
    expect(lookup.learned).toBe(withIds);
    expect(lookup.order()).toEqual([withIds]);
  });
});

describe("a form's 'no such course'", () => {
  it('ends the question, unless only another form has ever found a course', () => {
    const lookup = new CourseLookup('auto');
    expect(lookup.settles(byId, answer('absent'))).toBe(true);
    lookup.learn(answers({ [byId]: 'found' }));
    expect(lookup.settles(byId, answer('absent'))).toBe(true);
    expect(lookup.settles(withIds, answer('absent'))).toBe(false);
    lookup.learn(answers({ [byId]: 'failing', [withIds]: 'found' }));
    expect(lookup.settles(withIds, answer('absent'))).toBe(true);
  });
});

describe('the conclusion', () => {
  const fresh = () => new CourseLookup('auto');
  const proven = () => lookupAfter({ [byId]: 'found' });

  it.each<[string, CourseLookup, Partial<Record<CourseForm, Kind>>, Kind]>([
    ['nobody answers', fresh(), { [byId]: 'unanswered', [withIds]: 'unanswered' }, 'unanswered'],
    ['one form fails', fresh(), { [byId]: 'unanswered', [withIds]: 'failing' }, 'failing'],
    ['one form refuses', fresh(), { [byId]: 'refused', [withIds]: 'unanswered' }, 'refused'],
    [
      'the form that works fails, the other refuses',
      proven(),
      { [byId]: 'failing', [withIds]: 'refused' },
      'failing',
    ],
    [
      'the form that works is silent, the other knows nothing',
      proven(),
      { [byId]: 'unanswered', [withIds]: 'absent' },
      'failing',
    ],
  ])('where %s', (_, lookup, kinds, kind) => {
    expect(lookup.conclude(answers(kinds)).kind).toBe(kind);
  });
});
