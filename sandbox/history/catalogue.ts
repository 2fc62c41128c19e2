import { SANDBOX, type Catalogue } from '../catalogue.ts';
import { PAST_COURSES } from './courses.ts';
import { CROWD } from './crowd.ts';

/** The sandbox's catalogue, with the courses and learners that have a history. */
export const WITH_PAST: Catalogue = {
  users: [...SANDBOX.users, ...CROWD],
  courses: [...SANDBOX.courses, ...PAST_COURSES],
};
