import { setTimeout as sleep } from 'node:timers/promises';
import { audit } from '../audit/audit.ts';
import { Client, type Answer } from '../load/client.ts';
import { courseId, lessonIds } from '../stage/platform.ts';
import { enrol, type Platform } from '../load/courses.ts';
import { milliseconds, percentile } from '../load/figures.ts';
import { HostileLearner } from '../load/hostile-learner.ts';
import { Ledger } from '../load/ledger.ts';
import { ADD, READ, WATCH } from '../load/operations.ts';
import { inParallel, numbered } from '../load/parallel.ts';
import { pick } from '../load/random.ts';
import type { ReliabilityPromise } from '../promise.ts';

const LEARNERS = 50;
const REQUESTS_PER_SECOND = 100;
const EACH_S = 10;
const EACH_SHORT_S = 3;
const WARMUP_S = 3;
const CONNECTIONS = 32;
/** How much two equal runs may differ on a busy machine. */
const NOISE_MS = 25;
const NOISE_SHORT_MS = 500;
/** Share of the others’ requests that may be refused in short runs: beside other tests, the machine may be overloaded. */
const REFUSED_SHORT = 0.02;

export const hostileLearner: ReliabilityPromise = {
  id: 'G23',
  title: 'a hostile learner does not hold up the others',
  fault:
    'the dearest requests that are accepted, on rows at their bounds, over 32 connections, as many as the limits let through: the others’ p99 at most doubled, none of them refused',
  times: 20,
  shortTimes: 1,
  async attempt({ times, short, seed, random, tally, onStage }) {
    await onStage({ environment: { RATE_LIMIT_DISABLED: 'false' } }, async (stage) => {
      const client = await Client.create();
      const platform = { client, random, ledger: new Ledger(), services: stage.services };
      const hostile = new HostileLearner(stage);
      const seconds = short ? EACH_SHORT_S : EACH_S;
      const learners = numbered('G23', LEARNERS);
      await inParallel(learners, 8, (userId) => enrol(platform, userId, 1));
      // What a process does for the first time takes several times as long, whoever asks for it.
      const first = `WARMUP-${seed}`.slice(0, 26);
      await hostile.prepare(first);
      await hostile.ask(first, WARMUP_S, CONNECTIONS);
      const quiet: number[] = [];
      const beside: number[] = [];
      const answered: Record<number, number> = {};
      for (; tally.times < times; tally.times += 1) {
        const userId = `HOSTILE-${seed}-${tally.times}`.slice(0, 26);
        await hostile.prepare(userId);
        quiet.push(...(await steadyLoad(platform, learners, sleep(seconds * 1_000))));
        const asked = hostile.ask(userId, seconds, CONNECTIONS);
        beside.push(...(await steadyLoad(platform, learners, asked)));
        for (const [status, count] of Object.entries(await asked)) {
          answered[Number(status)] = (answered[Number(status)] ?? 0) + count;
        }
      }
      hostile.close();
      if (!answered[200]) tally.violate('nothing hostile was accepted', JSON.stringify(answered));
      const [without, among] = [percentile(quiet, 0.99), percentile(beside, 0.99)];
      tally.figures.set('p99 without', milliseconds(without));
      tally.figures.set('p99 beside the hostile learner', milliseconds(among));
      tally.figures.set(
        'hostile requests, by status',
        JSON.stringify(answered).replaceAll('"', ''),
      );
      if (among > 2 * without + (short ? NOISE_SHORT_MS : NOISE_MS)) {
        tally.violate('others wait', `${milliseconds(among)} after ${milliseconds(without)}`);
      }
      const tolerated = short ? REFUSED_SHORT * platform.ledger.operations : 0;
      for (const [code, count] of platform.ledger.codes) {
        if (count > tolerated) tally.violate('others are refused', `${code}, ${count} times`);
      }
      await audit(stage, platform.ledger, tally);
      client.close();
    });
  },
};

/** Sends at a fixed rate, whatever happens to the requests, until `end`. @returns milliseconds of each request */
async function steadyLoad(
  { client, ledger, random, services }: Platform,
  learners: readonly string[],
  end: Promise<unknown>,
): Promise<number[]> {
  const answers: Promise<Answer>[] = [];
  let ended = false;
  void end.finally(() => (ended = true));
  const begun = performance.now();
  while (!ended) {
    const due = ((performance.now() - begun) / 1_000) * REQUESTS_PER_SECOND;
    while (answers.length < due) {
      const [query, variables] = request(pick(random, learners), answers.length);
      answers.push(client.send(pick(random, services).link.port, query, variables));
    }
    await sleep(5);
  }
  return (await Promise.all(answers)).map((answer) => {
    ledger.note(answer);
    return answer.returnedAt - answer.invokedAt;
  });
}

const SESSION = `G23-${process.pid}`;
let beats = 0;

function request(userId: string, number: number): [query: string, variables: object] {
  const key = { userId, lessonId: lessonIds(1)[0]! };
  if (number % 3 === 0) return [READ, key];
  if (number % 3 === 1) return [ADD, { ...key, seconds: 1 }];
  const beat = { seq: (beats += 1), from: 0, to: 0, rate: 1, at: new Date().toISOString() };
  return [WATCH, { input: { ...key, courseId: courseId(1), sessionId: SESSION, beats: [beat] } }];
}
