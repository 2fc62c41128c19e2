import { join } from 'node:path';
import { SANDBOX, type SandboxCourse } from '../catalogue.ts';

const PLAYER = join(import.meta.dirname, '..', '..', 'packages', 'player', 'dist');

/** Where the usual servers of pages listen while somebody works on one: Vite, Angular, Live Server, Python, … */
const DEVELOPMENT_PORTS = [3000, 4200, 5000, 5173, 5500, 8000, 8080];

/** The service's variables: it serves the page with its film, and the player as it is built. */
export const LESSON_ENVIRONMENT = {
  LESSON_PAGE: [join(import.meta.dirname, 'page'), PLAYER].join(),
  /** A page that somebody tries out is opened as a file, whose origin is `null`, or comes from a server of this machine. */
  CORS_ORIGINS: [
    'null',
    ...DEVELOPMENT_PORTS.flatMap((port) => [
      `http://localhost:${port}`,
      `http://127.0.0.1:${port}`,
    ]),
  ].join(),
};

/**
 * Where the first lesson of a course is watched by the learner of this token. The token is in the fragment, which
 * browsers send to nobody.
 * @param origin for instance `http://localhost:3009`
 */
export function lessonAddress(
  origin: string,
  token: string,
  course: SandboxCourse = SANDBOX.filmedCourse,
): string {
  const [lesson] = course.sections![0]!.lessons;
  const fragment = new URLSearchParams({ course: course._id, lesson: lesson!._id, token });
  return `${origin}/userProgress/demo/#${fragment.toString()}`;
}
