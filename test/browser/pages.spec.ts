import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Page } from 'playwright-core';
import { build } from 'vite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SANDBOX, type SandboxCourse } from '../../sandbox/catalogue.ts';
import { LESSON_ENVIRONMENT, lessonAddress } from '../../sandbox/lesson/address.ts';
import { objectId } from '../builders/ids.ts';
import { startTestApp, type TestApp } from '../support/test-app.ts';
import { signToken } from '../support/tokens.ts';
import { waitFor } from '../support/wait-for.ts';
import { hasBrowser, launchBrowser, type LearnersBrowser } from './harness/browser.ts';
import { startWebServer, type WebServer } from './harness/web-server.ts';

const EXAMPLES = join(import.meta.dirname, '..', '..', 'examples');
const SECONDS = `query ($userId: String!, $lessonId: String!) {
  userProgressByUserAndLesson(userId: $userId, lessonId: $lessonId) { data { unique_seconds } } }`;

const [lena, mateo] = SANDBOX.learners;
const { filmedCourse } = SANDBOX;
const lessonId = filmedCourse.sections![0]!.lessons[0]!._id;
/** Complete when twelve of its seconds were seen. */
const shortCourse: SandboxCourse = {
  ...filmedCourse,
  _id: objectId(),
  sections: [
    {
      _id: objectId(),
      title: 'Sun, Moon and water',
      lessons: [{ _id: objectId(), title: 'Why there are tides', durationSeconds: 13 }],
    },
  ],
};

declare const film: HTMLVideoElement;

describe.skipIf(!hasBrowser())('pages that integrators see', () => {
  const folder = mkdtempSync(join(tmpdir(), 'progress-pages-'));
  let service: TestApp;
  let browser: LearnersBrowser;
  let web: WebServer;

  beforeAll(async () => {
    [service, browser] = await Promise.all([
      startTestApp({
        environment: LESSON_ENVIRONMENT,
        catalogue: { users: SANDBOX.users, courses: [...SANDBOX.courses, shortCourse] },
      }),
      launchBrowser(),
      build({
        configFile: join(EXAMPLES, 'vite.config.ts'),
        build: { outDir: folder, emptyOutDir: true, chunkSizeWarningLimit: 1_000, minify: false },
        logLevel: 'error',
      }),
    ]);
    web = await startWebServer(service.graphqlUrl, folder);
  });
  afterAll(async () => {
    await browser.browser.close();
    await web.close();
    await service.close();
    rmSync(folder, { recursive: true });
  });

  const secondsSeen = async (): Promise<number> => {
    const { data } = await (
      await service.as({ sub: lena!.id, role: 'user' })
    ).request(SECONDS, { userId: lena!.id, lessonId });
    return data?.userProgressByUserAndLesson.data.unique_seconds ?? 0;
  };

  /** Opens a page and plays its film for three seconds, from where the learner was. */
  const watch = async (address: string): Promise<Page> => {
    const resumes = (await secondsSeen()) > 0;
    const page = await browser.browser.newPage();
    const failures: string[] = [];
    page.on('pageerror', ({ message }) => failures.push(message));
    await page.goto(address);
    await page.waitForFunction((isLater) => {
      const video = document.querySelector('video');
      return video && video.readyState > 2 && (!isLater || video.currentTime > 0);
    }, resumes);
    await page.evaluate(async () => {
      const video = document.querySelector('video')!;
      video.muted = true;
      await video.play();
      const from = video.currentTime;
      while (video.currentTime < from + 3) await new Promise((done) => setTimeout(done, 20));
      video.pause();
    });
    expect(failures).toEqual([]);
    return page;
  };

  it.each(['module', 'react', 'video-js', 'hls-js', 'vidstack'])(
    'the example %s records what is watched, and shows it',
    async (name) => {
      const before = await secondsSeen();
      const token = await signToken({ sub: lena!.id, role: 'user' });
      const page = await watch(`${web.origin}/${name}.html#${token}`);
      await waitFor(async () => (await secondsSeen()) >= before + 2, { message: 'it is stored' });
      await page.waitForFunction(
        (seconds) => parseInt(document.querySelector('output')!.textContent, 10) >= seconds,
        before + 2,
      );
      await page.close();
    },
  );

  it.each([
    ['the example', join(EXAMPLES, 'plain.html')],
    ["the page in the player's README", join(EXAMPLES, '..', 'packages', 'player', 'README.md')],
  ])('%s, opened from a disk, records what is watched', async (_, source) => {
    const before = await secondsSeen();
    const token = await signToken({ sub: lena!.id, role: 'user' });
    const text = /<!doctype html>.*?<\/script>\s(?!<)/s
      .exec(readFileSync(source, 'utf8'))![0]
      .replaceAll('http://localhost:3009', service.origin)
      .replace('TOKEN_HERE', token);
    const file = join(folder, 'plain.html');
    writeFileSync(file, text);
    const page = await watch(pathToFileURL(file).href);
    await waitFor(async () => (await secondsSeen()) >= before + 2, { message: 'it is stored' });
    await page.close();
  });

  it('a page of the usual development servers may ask, one of any other origin may not', async () => {
    const allowed = async (origin: string) => {
      const { headers } = await fetch(`${service.origin}/userProgress/graphql`, {
        method: 'OPTIONS',
        headers: { origin, 'access-control-request-method': 'POST' },
      });
      return headers.get('access-control-allow-origin');
    };
    expect(await allowed('http://localhost:5173')).toBe('http://localhost:5173');
    expect(await allowed('http://learn.example')).toBeNull();
  });

  describe('the lesson of the sandbox', () => {
    let page: Page;
    beforeAll(async () => {
      page = await browser.browser.newPage();
      const token = await signToken({ sub: mateo!.id, role: 'user' });
      await page.goto(lessonAddress(service.origin, token, shortCourse));
      await page.waitForFunction(() => film.readyState > 2);
    });

    const results = (result: string) => page.locator(`[data-result="${result}"]`).count();
    const press = (name: string) => page.getByRole('button', { name }).click();
    const play = (until: number) =>
      page.evaluate(async (second) => {
        film.muted = true;
        await film.play();
        while (film.currentTime < second) await new Promise((done) => setTimeout(done, 20));
        film.pause();
      }, until);

    it('has a film that is as long as the lesson', async () => {
      const seconds = await page.evaluate(() => film.duration);
      expect(Math.round(seconds)).toBe(filmedCourse.sections![0]!.lessons[0]!.durationSeconds);
    });

    it('shows each beat and what became of it', async () => {
      await press('Double speed');
      await play(3.2);
      await waitFor(async () => (await results('COUNTED')) > 0, { message: 'a beat counts' });
      await waitFor(
        async () =>
          (await page.locator('#coverage').getAttribute('aria-label')) === 'Seconds seen: 0 to 3',
        { message: 'it is painted' },
      );
    });

    it('keeps beats while it is offline', async () => {
      await press('Offline');
      await play(6.2);
      await page.getByText('no answer, kept').first().waitFor();
      await press('Offline');
      await page.getByText('0 beats').waitFor();
    });

    it('sends beats again whose answer was lost, and they count once', async () => {
      await press('Lose the next answer');
      await play(9.2);
      await waitFor(async () => (await results('DUPLICATE')) > 0, { message: 'it is a repeat' });
    });

    it('shows the certificate when the course is complete', async () => {
      await play(12.3);
      await page.getByText('Here is your certificate').waitFor();
      expect(service.peers!.certificates.issued).toHaveLength(1);
    });

    it('goes on, in another tab, where the learner was', async () => {
      const opened = page.context().waitForEvent('page');
      await page.getByRole('link', { name: 'Second tab' }).click();
      const other = await opened;
      await other.getByText('You go on at 0:12').waitFor();
      await other.close();
    });
  });
});
