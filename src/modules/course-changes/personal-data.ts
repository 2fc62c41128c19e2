import { forgetFormerPosition } from '../course-catalog/proxy/sql/forget-former-position.js';
import type { PersonalTable } from '../privacy/personal-table.js';
import { forgetWalkPosition } from './proxy/sql/forget-walk-position.js';

/** The learner at whom a walk stopped. Not exported: it says nothing about what the learner did. */
export const WALK_POSITIONS: readonly PersonalTable[] = [
  { table: 'course_evaluation', rank: 80, erase: forgetWalkPosition },
  { table: 'course', rank: 90, erase: forgetFormerPosition },
];
