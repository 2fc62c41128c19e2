import { ADMINISTRATOR, COURSE, DEVOTED, INSTRUCTOR, LESSON } from './past/catalogue.ts';
import type { Person } from './stage.ts';

/** Each page of the dashboard, and who looks at it. */
export const PAGES = {
  courses: [INSTRUCTOR, '/courses'],
  course: [INSTRUCTOR, `/courses/${COURSE._id}`],
  lesson: [INSTRUCTOR, `/courses/${COURSE._id}/lessons/${LESSON._id}`],
  'at-risk': [INSTRUCTOR, `/courses/${COURSE._id}/at-risk`],
  platform: [ADMINISTRATOR, '/platform'],
  learning: [DEVOTED, '/learning'],
} satisfies Record<string, [person: Person, path: string]>;
