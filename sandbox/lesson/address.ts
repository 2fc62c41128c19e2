import { join } from 'node:path';
import { SANDBOX } from '../catalogue.ts';

const PLAYER = join(import.meta.dirname, '..', '..', 'packages', 'player', 'dist');

/** The service's variable LESSON_PAGE: the page with its film, and the player as it is built. */
export const LESSON_PAGE = [join(import.meta.dirname, 'page'), PLAYER].join();

/**
 * Where the lesson is watched by the learner of this token. The token is in the fragment, which browsers send to nobody.
 * @param origin for instance `http://localhost:3009`
 */
export function lessonAddress(origin: string, token: string): string {
  const { filmedCourse: course } = SANDBOX;
  const [lesson] = course.sections![0]!.lessons;
  const fragment = new URLSearchParams({ course: course._id, lesson: lesson!._id, token });
  return `${origin}/userProgress/demo/#${fragment.toString()}`;
}
