import type { Random } from './random.ts';
import type { Play } from './sitting.ts';
import type { StudiedLesson } from './studied-course.ts';

/**
 * How a sitting ended: at the lesson's end; somewhere in it, to go on another time; with the next lesson; or with the
 * whole course.
 */
export type Ending = 'finished' | 'left' | 'moved on' | 'gave up';

export interface Attention {
  plays: Play[];
  ending: Ending;
  /** Where the learner would go on. */
  position: number;
}

/** Seconds after which those leave, on average, whom the beginning does not hold; and when something becomes boring. */
const LEAVING_INTRO = 7;
const LEAVING_DULL = 6;
/** The same for those who give up the course, from the lesson's middle on, as a share of its length. */
const LEAVING_WALL = 0.025;
/** Whom the beginning does not hold, where nothing else is said. */
const INTRO_LOSS = 0.05;
/** Who is interrupted, somewhere in the lesson. */
const INTERRUPTED = 0.06;
/** Who has seen enough before the end: mostly not long before it. */
const SATISFIED = 0.07;
/** Who does not wait for the last seconds, and how much of a lesson these are. */
const SKIPS_END = 0.2;
const END_SHARE = 0.03;
/** Of those who find a stretch boring, who jumps over it. The others move on to the next lesson. */
const JUMPS = 0.35;
/** Who plays a hard explanation a third time. */
const ONCE_MORE = 0.3;

/**
 * What a learner sees of a lesson in one sitting.
 * @param from where they begin: 0, or where they left it the last time
 * @param patience 0 to 1: of somebody patient, moments have a smaller share
 */
export function watchLesson(
  lesson: StudiedLesson,
  { from, patience, random }: { from: number; patience: number; random: Random },
): Attention {
  const { until, ending } = stopOf(lesson, { from, patience, random });
  const plays: Play[] = [];
  let begins = from;
  const play = (to: number) => {
    if (to > begins) plays.push({ from: begins, to });
  };
  for (const jump of jumpsOf(lesson, { from, until, patience, random })) {
    play(jump.at);
    begins = jump.to;
  }
  play(until);
  return { plays, ending, position: until };
}

interface Chances {
  from: number;
  patience: number;
  random: Random;
}

/** Where the sitting ends, and how. */
function stopOf(lesson: StudiedLesson, { from, patience, random }: Chances) {
  const { durationSeconds, introLoss = INTRO_LOSS, dull, wall = 0 } = lesson;
  const end = random.chance(SKIPS_END)
    ? durationSeconds - random.between(1, Math.ceil(durationSeconds * END_SHARE))
    : durationSeconds;
  const stops: { until: number; ending: Ending }[] = [{ until: end, ending: 'finished' }];
  const stop = (share: number, ending: Ending, second: () => number) => {
    if (random.chance(share * (1.4 - 0.8 * patience))) {
      stops.push({ until: Math.round(second()), ending });
    }
  };
  stop(introLoss, random.chance(0.7) ? 'gave up' : 'left', () => 4 + random.waiting(LEAVING_INTRO));
  stop(wall, 'gave up', () => durationSeconds * (0.45 + random.waiting(LEAVING_WALL)));
  stop(INTERRUPTED, 'left', () => random.between(10, durationSeconds));
  stop(SATISFIED, 'moved on', () => durationSeconds * Math.sqrt(random.next()));
  if (dull) {
    stop(dull[2] * (1 - JUMPS), 'moved on', () => dull[0] + 2 + random.waiting(LEAVING_DULL));
  }
  const possible = stops.filter(({ until }) => until > from + 2 && until < end - 2);
  return possible.reduce((first, one) => (one.until < first.until ? one : first), {
    until: Math.max(end, from + 1),
    ending: 'finished',
  });
}

/** Over what is boring, and back to what is hard: at which second to which one, in the order of the sitting. */
function jumpsOf(
  { dull, hard, durationSeconds }: StudiedLesson,
  { from, until, patience, random }: Chances & { until: number },
): { at: number; to: number }[] {
  const jumps: { at: number; to: number }[] = [];
  if (dull && random.chance(dull[2] * JUMPS * (1.4 - 0.8 * patience))) {
    jumps.push({ at: dull[0] + Math.round(random.waiting(LEAVING_DULL)), to: dull[1] });
  }
  if (hard && random.chance(hard[2])) {
    const at = Math.min(hard[1] + random.between(0, 6), durationSeconds);
    const back = { at, to: Math.max(0, hard[0] - random.between(0, 5)) };
    jumps.push(back, ...(random.chance(ONCE_MORE) ? [{ ...back }] : []));
  }
  return jumps
    .filter(({ at, to }) => at > from && to >= from && at < until && to < until)
    .sort((one, other) => one.at - other.at);
}
