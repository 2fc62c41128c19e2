import type { AnswerStage, Answers } from './answer-stage.ts';
import { TEACHER } from './answer-stage.ts';
import type { Learned } from './learned.ts';
import { LearningWorld } from './learning-world.ts';

const DAY_MS = 86_400_000;

/** Lets learners do it all while two processes write and fold, and asks every query. */
export async function learnAndAsk(stage: AnswerStage, learned: Learned): Promise<Answers> {
  const { timeZone, begunAt, sinceDaysAgo, rounds, asked, ...plan } = learned;
  const { writes, clock } = stage;
  const since = new Date(begunAt - sinceDaysAgo * DAY_MS);
  since.setUTCMinutes(0, 0, 0);
  let now = begunAt;
  const times: number[] = [];
  await clock.set(new Date(now));
  await writes.begin(timeZone, since);
  const world = new LearningWorld(writes, { ...plan, instructorId: TEACHER });
  await world.offer(new Date(now));
  for (const [parity, round] of rounds.entries()) {
    // Never back: the round before may have taken longer than what lies between them.
    now = Math.max(now + round.later, (await clock.read()).getTime());
    times.push(now);
    await clock.set(new Date(now));
    if (round.structure) await world.changeStructure({ ...round.structure, at: new Date(now) });
    const commands = round.commands.flatMap(({ learners, lessons, beats, ...command }) =>
      learners.flatMap((learner) =>
        lessons.map((lesson) => ({
          ...{ ...command, learner, lesson },
          beats: beats.map(({ ago, ...beat }) => ({ ...beat, at: now - ago })),
        })),
      ),
    );
    await Promise.all([
      world.send(commands, parity),
      ...(round.erased === null ? [] : [world.erase(round.erased)]),
      writes.foldAndDie(0, round.folded),
      writes.fold(1, round.folded),
    ]);
    for (const learner of round.certified) await world.certify(learner);
  }
  await world.settle();
  // Never before what was stored last: it may have been after midnight, though the round began before.
  const stored = (await clock.read()).getTime();
  const at = new Date(Math.max(stored, times[asked.round % times.length]! + asked.later));
  await clock.stop(at);
  const to = at.getTime() - asked.endsDaysAgo * DAY_MS;
  return stage.ask(world, {
    ...{ at, timeZone, since, points: asked.points, silentDays: asked.silentDays },
    ...{ first: asked.first, orderBy: asked.orderBy },
    courseId: world.courses[asked.course]!,
    lessonId: world.lessons[asked.lesson]!,
    learner: world.learners[asked.learner]!,
    from: dayIn(timeZone, to - asked.days * DAY_MS),
    to: dayIn(timeZone, to),
  });
}

const dayIn = (timeZone: string, at: number): string =>
  new Intl.DateTimeFormat('en-CA', { timeZone, dateStyle: 'short' }).format(at);
