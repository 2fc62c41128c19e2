import { Agenda } from './agenda.ts';
import { watchLesson } from './attention.ts';
import { dayOf, momentOf, suits } from './calendar.ts';
import { enrol, type Enrolment } from './enrolment.ts';
import { Random } from './random.ts';
import { secondsOf, type Sitting } from './sitting.ts';
import { withStepsBack } from './steps-back.ts';
import type { StudiedCourse } from './studied-course.ts';

/** The same number, the same history. Another one gives other learners. */
const SEED = 20_260;
/** Who enrols in a second course: of those who reached the end of the first, and of the others. */
const SECOND_AFTER_END = 0.4;
const SECOND_OTHERWISE = 0.1;
/** How often somebody impatient stays away after a lesson, though nothing in it was wrong. */
const FADING = 0.14;
/** Lessons on one day beyond the first, on average. */
const MORE_LESSONS = 0.9;
const PAUSE_SECONDS = [20, 420] as const;
const RATES = [
  { rate: 1, share: 70 },
  { rate: 1.25, share: 18 },
  { rate: 1.5, share: 12 },
];

/** What stays the same of a learner, and what they did so far. */
interface Learner {
  readonly random: Random;
  /** Of small replays: what the learner does otherwise does not depend on them. */
  readonly steps: Random;
  /** 0 to 1. */
  readonly patience: number;
  /** Days from one on which they learn to the next, on average. */
  readonly gap: number;
  readonly rate: number;
  readonly sittings: Sitting[];
}

/** What one learner of the crowd did up to `endsAt` (seconds since 1970), in the order of time. */
export function historyOf(
  index: number,
  { courses, endsAt }: { courses: readonly StudiedCourse[]; endsAt: number },
): Sitting[] {
  const random = new Random(SEED, index);
  const learner = {
    random,
    steps: new Random(SEED, index, 1),
    patience: Math.sqrt(random.next()),
    gap: 1 + random.waiting(2.4),
    rate: random.weighted(RATES, ({ share }) => share).rate,
    sittings: [],
  };
  const first = enrol(courses, endsAt, random);
  const reachedEnd = study(learner, first, endsAt);
  const second = enrol(courses, endsAt, random);
  const wantsMore = random.chance(reachedEnd ? SECOND_AFTER_END : SECOND_OTHERWISE);
  if (wantsMore && second.course !== first.course) {
    const day = Math.max(second.day, dayOf(freeFrom(learner.sittings)) + 1);
    study(learner, { ...second, day }, endsAt);
  }
  return learner.sittings;
}

/**
 * Studies a course from the day of enrolment on, until its end, or until the learner stays away.
 * @returns whether they reached the end of it
 */
function study(learner: Learner, { course, day }: Enrolment, endsAt: number): boolean {
  const { random, steps, patience, rate, sittings } = learner;
  const agenda = new Agenda(course.lessons);
  for (let today = day; agenda.next; today = nextDay(today, learner)) {
    let at = Math.max(momentOf(today, random), freeFrom(sittings));
    for (
      let lessons = 1 + random.waiting(MORE_LESSONS);
      lessons >= 1 && agenda.next;
      lessons -= 1
    ) {
      const { lesson, from } = agenda.next;
      const seen = watchLesson(lesson, { from, patience, random });
      const { lessonId, durationSeconds } = lesson;
      const { courseId } = course;
      const plays = withStepsBack(seen.plays, steps);
      const sitting = { courseId, lessonId, durationSeconds, at, rate, plays };
      if (at + secondsOf(sitting) > endsAt) return false;
      sittings.push(sitting);
      agenda.note(seen);
      if (seen.ending === 'gave up' || random.chance(FADING * (1.2 - patience))) return false;
      if (seen.ending === 'left') break;
      at = freeFrom(sittings) + random.between(...PAUSE_SECONDS);
    }
    if (!agenda.next && random.chance(0.3 + 0.7 * patience)) agenda.goBack();
  }
  return true;
}

/** Nobody watches two lessons at a time: an evening may last until the next day. */
function freeFrom(sittings: readonly Sitting[]): number {
  const last = sittings.at(-1);
  return last ? last.at + secondsOf(last) + 1 : 0;
}

function nextDay(today: number, { random, gap }: Learner): number {
  for (;;) {
    const day = today + Math.max(1, Math.round(random.waiting(gap)));
    if (suits(day, random)) return day;
  }
}
