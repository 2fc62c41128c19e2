import fc from 'fast-check';

export const COURSES = 3;
export const LESSONS = 4;
export const LEARNERS = 3;
/** The length of a lesson. */
export const SECONDS = 100;

const upTo = (count: number) => fc.nat({ max: count - 1 });
const place = { learner: upTo(LEARNERS), lesson: upTo(LESSONS) };
const course = upTo(COURSES);

const create = fc.record({ ...place, course, completed: fc.boolean() });
const watch = fc.record({ ...place, course, from: upTo(SECONDS) });
const structure = fc.record({
  course,
  lessons: fc.subarray([...Array(LESSONS).keys()]),
  durationSeconds: fc.constantFrom(null, SECONDS, SECONDS / 2),
  listed: fc.boolean(),
});

const kind = <Kind extends string, Of>(name: Kind, of: fc.Arbitrary<Of>) =>
  of.map((values) => ({ kind: name, ...values }));

/** Something that happens to three courses that share four lessons, and to three learners. */
export const happening = fc.oneof(
  { weight: 4, arbitrary: kind('create', create) },
  { weight: 6, arbitrary: kind('watch', watch) },
  { weight: 4, arbitrary: kind('complete', fc.record(place)) },
  { weight: 2, arbitrary: kind('reopen', fc.record(place)) },
  { weight: 2, arbitrary: kind('delete', fc.record(place)) },
  { weight: 5, arbitrary: kind('structure', structure) },
  { weight: 1, arbitrary: kind('erase', fc.record({ learner: fc.constant(0) })) },
);

export type Happening = typeof happening extends fc.Arbitrary<infer Value> ? Value : never;
