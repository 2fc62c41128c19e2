import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { platform } from '../builders/catalogue.ts';
import { createRandom } from '../resilience/load/random.ts';
import { createClient } from '../support/graphql-client.ts';
import { signToken } from '../support/tokens.ts';
import { waitFor } from '../support/wait-for.ts';
import { hasBrowser } from './harness/browser.ts';
import { startWebServer, type WebServer } from './harness/web-server.ts';
import { Device } from './soak/device.ts';
import { MortalService } from './soak/service.ts';
import { sit, type Credited, type Sitting } from './soak/sitting.ts';

const FILM_SECONDS = 300;
const LEARNERS = 2;
/** One for each sitting of a learner, which is two minutes. */
const LESSONS = 60;
const RECORD = `query ($userId: String!, $lessonId: String!) {
  userProgressByUserAndLesson(userId: $userId, lessonId: $lessonId) { data {
    watch_time_seconds watched { from to } } } }`;

/** `npm run player:soak` sets these; of 0 minutes, it is a short one. */
const { SOAK_MINUTES, SOAK_SEED = String(Date.now()) } = process.env;
const minutes = Number(SOAK_MINUTES);
const stepSeconds: [number, number] = minutes > 0 ? [1, 12] : [0.2, 0.8];
const HOURS_MS = 2 * 3_600_000;

const world = platform({ lessons: LESSONS, learners: LEARNERS, durationSeconds: FILM_SECONDS });

function expectExact(sitting: Sitting): void {
  const { lost, invented, doubled, crashes } = sitting;
  if (minutes > 0) process.stdout.write(`${JSON.stringify(sitting)}\n`);
  expect({ invented, doubled }, JSON.stringify(sitting)).toEqual({ invented: [], doubled: 0 });
  expect(lost.length, JSON.stringify(sitting)).toBeLessThanOrEqual(crashes);
}

describe.skipIf(!hasBrowser())('learners who meet every trouble', () => {
  let service: MortalService;
  let web: WebServer;
  const devices: Device[] = [];

  beforeAll(async () => {
    service = await MortalService.start(world.catalogue);
    web = await startWebServer(service.graphqlUrl);
  }, HOURS_MS);
  afterAll(async () => {
    for (const device of devices) await device.close();
    await web.close();
    await service.close();
  });

  /** Sits down to one lesson after the other until the time is over. */
  const watchAll = async (userId: string): Promise<Sitting[]> => {
    const random = createRandom(`${SOAK_SEED} ${world.learnerIds.indexOf(userId)}`);
    const token = await signToken({
      sub: userId,
      role: 'user',
      exp: Math.ceil(Date.now() / 1_000) + HOURS_MS,
    });
    const client = createClient(service.graphqlUrl, { token });
    const device = new Device(`${web.origin}/watch.html`);
    devices.push(device);
    await device.start();
    const endsAt = performance.now() + minutes * 60_000;
    const sittings: Sitting[] = [];
    for (const lessonId of world.lessonIds) {
      await device.begin({
        endpoint: `${web.origin}/graphql/${userId}`,
        source: '/tides.webm',
        userId,
        courseId: world.course._id,
        lessonId,
        token,
        muted: true,
        beatSeconds: 10,
        flushSeconds: 2,
      });
      // The other learner may have killed the service again.
      const read = (): Promise<Credited> =>
        waitFor(
          async () => {
            const { data } = await client.request(RECORD, { userId, lessonId });
            return data?.userProgressByUserAndLesson.data as Credited;
          },
          { message: 'the record is read', timeoutMs: 60_000 },
        );
      const around = {
        device,
        line: web.line(userId),
        service,
        random,
        elsewhere: `${web.origin}/elsewhere.html`,
        filmSeconds: FILM_SECONDS,
      };
      const sitting = await sit(around, stepSeconds, minutes > 0 ? endsAt : Infinity, read);
      expectExact(sitting);
      sittings.push(sitting);
      if (performance.now() > endsAt) break;
    }
    return sittings;
  };

  it(
    'have exactly what they saw, second by second, and nothing twice',
    async () => {
      const sittings = (await Promise.all(world.learnerIds.map(watchAll))).flat();
      const total = (count: (sitting: Sitting) => number) =>
        sittings.reduce((sum, sitting) => sum + count(sitting), 0);
      const seen = total(({ secondsSeen }) => secondsSeen);
      const lost = total((sitting) => sitting.lost.length);
      const crashes = total((sitting) => sitting.crashes);
      expect(seen).toBeGreaterThan(0);
      process.stdout.write(
        `${sittings.length} sittings, ${seen} s seen, ${lost} s lost in ${crashes} crashes (SOAK_SEED=${SOAK_SEED})\n`,
      );
    },
    HOURS_MS,
  );
});
