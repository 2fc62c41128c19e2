import { diligentHistory } from './behaviour/diligent.ts';
import { historyOf } from './behaviour/learner.ts';
import type { Sitting } from './behaviour/sitting.ts';
import { STUDIED_COURSES } from './courses.ts';
import { BREAD, LATTE_ART, NIGHT_SKY } from './outlines/home.ts';

/** The sandbox's own learner has completed the first two, and is in the middle of the last one. */
const OF_OWN_LEARNER = [NIGHT_SKY, LATTE_ART, BREAD].map(({ id }) =>
  STUDIED_COURSES.find(({ courseId }) => courseId === id)!,
);

/**
 * What one of `PAST_LEARNERS` did, in the order of time.
 * @param number their place in that list
 * @param endsAt when the history ends
 */
export function pastOf(number: number, endsAt: Date): Sitting[] {
  const seconds = Math.floor(endsAt.getTime() / 1_000);
  return number === 0
    ? diligentHistory(OF_OWN_LEARNER, seconds)
    : historyOf(number, { courses: STUDIED_COURSES, endsAt: seconds });
}
