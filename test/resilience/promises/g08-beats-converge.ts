import { auditRollups } from '../audit/rollups.ts';
import { Client } from '../load/client.ts';
import { Ledger } from '../load/ledger.ts';
import { WATCH } from '../load/operations.ts';
import { inParallel, numbered } from '../load/parallel.ts';
import { between, pick, shuffle, type Random } from '../load/random.ts';
import type { ReliabilityPromise } from '../promise.ts';
import { courseId, lessonIds } from '../stage/platform.ts';
import type { Stage } from '../stage/stage.ts';
import type { Tally } from '../tally.ts';

const SESSIONS = 10;
const BEATS = 40;
const BEAT_S = 10;
const LESSON_S = 600;
const [LESSON] = lessonIds(1) as [string];
const REQUESTS_AT_ONCE = 4;

interface Beat {
  seq: number;
  from: number;
  to: number;
  at: string;
}

export const beatsConverge: ReliabilityPromise = {
  id: 'G8',
  title: 'duplicated and reordered beats converge',
  fault:
    'sessions of 40 beats: each sent one to three times, in any order, through two processes, some given up on',
  times: 50,
  shortTimes: 1,
  async attempt({ times, random, tally, onStage }) {
    await onStage({}, async (stage) => {
      const client = await Client.create();
      const ledger = new Ledger();
      for (; tally.times < times; tally.times += 1) {
        const learners = numbered(`G8-${tally.times}`, SESSIONS);
        await inParallel(learners, SESSIONS, async (userId) => {
          const beats = watch(random);
          await deliver(stage, client, ledger, random, userId, beats);
          await compare(stage, userId, beats, tally);
        });
      }
      tally.count(ledger, stage.services);
      await auditRollups(stage, tally);
      client.close();
    });
  },
};

/** The beats of an honest player at normal speed: it plays on, and jumps from time to time. */
function watch(random: Random): Beat[] {
  const begun = Math.floor(Date.now() / 1_000) - 2 * BEATS * BEAT_S;
  let position = 0;
  return Array.from({ length: BEATS }, (_, seq) => {
    if (position + BEAT_S > LESSON_S || random() < 0.2) {
      position = Math.floor(between(random, 0, LESSON_S - BEAT_S));
    }
    const from = position;
    position += BEAT_S;
    return {
      seq,
      from,
      to: position,
      at: new Date((begun + (seq + 1) * BEAT_S) * 1_000).toISOString(),
    };
  });
}

async function deliver(
  stage: Stage,
  client: Client,
  ledger: Ledger,
  random: Random,
  userId: string,
  beats: Beat[],
): Promise<void> {
  const copies = beats.flatMap((beat) => Array<Beat>(1 + Math.floor(random() * 3)).fill(beat));
  const requests = chunks(shuffle(random, copies), random);
  const send = async (some: Beat[], giveUpMs?: number) => {
    const input = {
      userId,
      courseId: courseId(1),
      lessonId: LESSON,
      sessionId: userId,
      beats: some,
    };
    const { port } = pick(random, stage.services).link;
    return ledger.note(await client.send(port, WATCH, { input }, giveUpMs));
  };
  await inParallel(requests, REQUESTS_AT_ONCE, async (some) => {
    if (random() < 0.1) await send(some, Math.ceil(between(random, 1, 10)));
    while ((await send(some)) !== 'acknowledged');
  });
}

function chunks(beats: Beat[], random: Random): Beat[][] {
  const cut: Beat[][] = [];
  for (let begin = 0; begin < beats.length;) {
    const end = begin + Math.ceil(between(random, 0, 8));
    cut.push(beats.slice(begin, end));
    begin = end;
  }
  return cut;
}

/** Compares with a model that counts each beat once, in the order of playing. */
async function compare(stage: Stage, userId: string, beats: Beat[], tally: Tally): Promise<void> {
  const seconds = new Set(
    beats.flatMap(({ from, to }) => Array.from({ length: to - from }, (_, index) => from + index)),
  );
  const expected = {
    watch_time_seconds: beats.length * BEAT_S,
    unique_seconds: seconds.size,
    rewatched_seconds: beats.length * BEAT_S - seconds.size,
    position_seconds: beats.at(-1)!.to,
  };
  const [stored] = await stage.postgres.query<typeof expected>(
    `SELECT watch_time_seconds, unique_seconds, rewatched_seconds, position_seconds
     FROM user_progress WHERE user_id = $1`,
    [userId],
  );
  const difference = (stored?.watch_time_seconds ?? 0) - expected.watch_time_seconds;
  const example = `${userId}: ${JSON.stringify(stored)} instead of ${JSON.stringify(expected)}`;
  if (difference < 0) tally.lose('beats', example);
  else if (difference > 0) tally.duplicate('beats', example);
  else if (JSON.stringify(stored) !== JSON.stringify(expected))
    tally.violate('did not converge', example);
}
