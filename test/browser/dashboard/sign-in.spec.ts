import type { Frame, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { signToken } from '../../support/tokens.ts';
import { waitFor } from '../../support/wait-for.ts';
import { hasBrowser } from '../harness/browser.ts';
import { startHost, type HostServer } from './host-page.ts';
import { COURSE, IDLE, INSTRUCTOR, LESSON } from './past/catalogue.ts';
import { DashboardStage, PATH, settled } from './stage.ts';

const tokenFor = (seconds: number): Promise<string> =>
  signToken({
    ...{ sub: INSTRUCTOR.id, role: 'instructor' },
    exp: Math.floor(Date.now() / 1_000) + seconds,
  });

declare const told: { type: string; [name: string]: unknown }[];

describe.skipIf(!hasBrowser())('who is signed in to the dashboard', () => {
  let stage: DashboardStage;
  let host: HostServer;
  let foreign: HostServer;
  beforeAll(async () => {
    [host, foreign] = await Promise.all([startHost(), startHost()]);
    const environment = {
      DASHBOARD_EMBED_ORIGINS: host.origin,
      DASHBOARD_SIGN_IN_URL: `${host.origin}/sign-in?back={returnTo}`,
      DASHBOARD_LEARNER_URL: 'https://learn.example/people/{userId}',
    };
    stage = await DashboardStage.open({ environment });
    host.service = foreign.service = stage.service.origin;
  });
  afterAll(async () => {
    await stage.close();
    await Promise.all([host.close(), foreign.close()]);
  });

  /** Opens the host's page; what the dashboard tells it is kept in `told`. */
  const openHost = async (path: string, token: string): Promise<{ page: Page; frame: Frame }> => {
    host.token = token;
    host.asked = 0;
    const page = await stage.newPage();
    await page.clock.install();
    await page.addInitScript(() => {
      const global = window as unknown as { told: unknown[] };
      global.told = [];
      window.addEventListener('message', ({ data }) => global.told.push(data));
    });
    await page.goto(host.origin + path);
    const frame = page.frames().find((one) => one.url().includes(PATH))!;
    return { page, frame };
  };

  it('a token of the address is taken out of it, and kept nowhere', async () => {
    const page = await stage.newPage();
    const requests: string[] = [];
    page.on('request', (request) => requests.push(request.url(), request.postData() ?? ''));
    const token = await tokenFor(600);
    await page.goto(`${stage.service.origin}${PATH}/courses?lang=en#token=${token}`);
    await settled(page);
    expect(page.url()).toBe(`${stage.service.origin}${PATH}/courses?lang=en`);
    await page.getByRole('link', { name: COURSE.title }).click();
    await page.goBack();
    expect(page.url()).not.toContain('token');
    const kept = await page.evaluate(async () => [
      ...[document.cookie, document.documentElement.outerHTML],
      ...[localStorage, sessionStorage].map((storage) => JSON.stringify(storage)),
      ...[JSON.stringify(history.state), JSON.stringify(await indexedDB.databases())],
      ...[JSON.stringify(await caches.keys()), document.referrer],
    ]);
    expect(kept.slice(0, 1)).toEqual(['']);
    expect([...kept, ...requests].filter((text) => text.includes(token))).toEqual([]);
    await page.context().close();
  });

  it('nobody is, without a token, and there is a link to where one signs in', async () => {
    const page = await stage.newPage();
    const requests: string[] = [];
    page.on('request', (request) => requests.push(request.url()));
    await page.goto(`${stage.service.origin}${PATH}/courses?period=7`);
    const link = page.getByRole('link', { name: 'Sign in' });
    const address = `${stage.service.origin}${PATH}/courses?period=7`;
    expect(await link.getAttribute('href')).toBe(
      `${host.origin}/sign-in?back=${encodeURIComponent(address)}`,
    );
    expect(requests.filter((url) => url.includes('graphql'))).toEqual([]);
    await page.context().close();
  });

  it.each(['refused by the service', 'at its end'])(
    'a token that is %s is forgotten, with all that was shown',
    async (how) => {
      const page = await stage.newPage();
      const isRefused = how === 'refused by the service';
      const token = isRefused ? `${await tokenFor(600)}x` : await tokenFor(4);
      await page.goto(`${stage.service.origin}${PATH}/courses#token=${token}`);
      const words = isRefused
        ? 'The service did not accept this sign-in.'
        : 'Your sign-in has ended.';
      await page.getByText(words).waitFor();
      expect(await page.getByText(COURSE.title).count()).toBe(0);
      await page.context().close();
    },
  );

  it('is told when the address has no whole token, which is not the same as none', async () => {
    const page = await stage.newPage();
    await page.goto(`${stage.service.origin}${PATH}/courses`);
    await page.getByText('This page shows nothing without a sign-in.').waitFor();
    const cut = (await tokenFor(600)).slice(0, 60);
    await page.goto(`${stage.service.origin}${PATH}/courses#token=${cut}`);
    await page.getByText('The sign-in in this address cannot be read.').waitFor();
    expect(page.url()).not.toContain('token');
    expect(await page.getByRole('link', { name: 'Sign in' }).count()).toBe(1);
    await page.context().close();
  });

  it('the host page of docs/dashboard.md signs its person in, and its player follows', async () => {
    const path = `/lesson/courses/${COURSE._id}/lessons/${LESSON._id}`;
    const { page, frame } = await openHost(path, await tokenFor(600));
    const curve = frame.getByRole('slider', { name: /each second/ });
    await curve.focus();
    for (const key of ['PageUp', 'ArrowRight', 'ArrowLeft', 'Enter']) await curve.press(key);
    await waitFor(
      () => page.evaluate(() => told.some(({ type }) => type === 'user-progress:seek')),
      { message: 'the host was told to seek' },
    );
    const seek = await page.evaluate(() => told.find(({ type }) => type === 'user-progress:seek'));
    expect(seek).toEqual({
      ...{ type: 'user-progress:seek', courseId: COURSE._id, lessonId: LESSON._id },
      second: await seconds(frame),
    });
    await curve.click({ position: { x: 400, y: 150 } });
    await waitFor(
      async () =>
        (await page.evaluate(
          () => told.filter(({ type }) => type === 'user-progress:seek').length,
        )) === 2,
      { message: 'a click seeks too' },
    );
    await page.context().close();
  });

  it('the player of that page follows only within the lesson that it plays', async () => {
    const path = `/lesson/courses/${COURSE._id}/lessons/${LESSON._id}`;
    const { page, frame } = await openHost(path, await tokenFor(600));
    const curve = frame.getByRole('slider', { name: /each second/ });
    const player = page.locator('#player');
    const playedFrom = () => player.evaluate((video: HTMLVideoElement) => video.currentTime);
    const seekTo = async (key: string, times: number) => {
      for (const pressed of [key, 'Enter']) await curve.press(pressed);
      const isTold = () =>
        page.evaluate(() => told.filter(({ type }) => type === 'user-progress:seek').length);
      await waitFor(async () => (await isTold()) === times, { message: 'the host was told' });
    };
    await seekTo('End', 1);
    expect(await playedFrom()).toBe(0);
    await player.evaluate((video, id) => (video.dataset['lesson'] = id), LESSON._id);
    await seekTo('PageUp', 2);
    expect(await playedFrom()).toBe(await seconds(frame));
    await page.context().close();
  });

  it('the frame in that page is as high as what is in it', async () => {
    const { page, frame } = await openHost('/', await tokenFor(600));
    await frame.getByRole('link', { name: COURSE.title }).click();
    await frame.getByRole('heading', { name: 'Cohorts' }).waitFor();
    const isAsHigh = async () => {
      const box = await page.locator('iframe').boundingBox();
      const height = await frame.evaluate(() => document.body.offsetHeight);
      return height > 1_000 && Math.abs(box!.height - height) <= 1;
    };
    await waitFor(isAsHigh, { message: 'the frame has the height of the page' });
    await page.context().close();
  });

  it('the host is told why there is nothing to see', async () => {
    const problems = (page: Page) =>
      page.evaluate(() =>
        told.filter(({ type }) => type === 'user-progress:problem').map(({ code }) => code),
      );
    const someoneElse = await signToken({ sub: IDLE[0]!.id, role: 'instructor' });
    const cases: Record<string, string> = {
      FORBIDDEN: someoneElse,
      TOKEN_EXPIRED: await tokenFor(-60),
      TOKEN_REFUSED: `${await tokenFor(600)}x`,
      TOKEN_UNREADABLE: 'no token',
    };
    for (const [code, token] of Object.entries(cases)) {
      const { page } = await openHost(`/lesson/courses/${COURSE._id}`, token);
      const isTold = async () => (await problems(page)).length > 0;
      await waitFor(isTold, { message: `${code} is told` });
      expect(new Set(await problems(page))).toEqual(new Set([code]));
      if (code === 'FORBIDDEN') {
        await page.getByText('This is not your course.').waitFor();
        // Each panel of the page is refused.
        expect(await problems(page)).toHaveLength(1);
      }
      await page.context().close();
    }
  });

  it('the host chooses language and theme, and is asked again before a token ends', async () => {
    const { page, frame } = await openHost('/', await tokenFor(600));
    await frame.getByRole('link', { name: COURSE.title }).waitFor();
    expect(host.asked).toBe(1);
    await page.clock.fastForward(545_000);
    await waitFor(() => Promise.resolve(host.asked >= 2), { message: 'another token is fetched' });
    const choose = () =>
      page.evaluate(() => {
        const frame = document.querySelector('iframe')!;
        const message = { type: 'user-progress:token', locale: 'ar', theme: 'dark' };
        frame.contentWindow!.postMessage(message, new URL(frame.src).origin);
      });
    const html = frame.locator('html');
    // The host's other token may be on its way, with the language that it had: what comes last counts.
    const isChosen = async () => {
      await choose();
      const [dir, theme] = [await html.getAttribute('dir'), await html.getAttribute('data-theme')];
      return dir === 'rtl' && theme === 'dark' && (await frame.getByText('دوراتي').count()) > 0;
    };
    await waitFor(isChosen, { message: 'language and theme are those of the host' });
    await page.context().close();
  });

  it('is asked again of the host when the service refuses the token', async () => {
    const { page, frame } = await openHost('/', `${await tokenFor(600)}x`);
    await waitFor(() => Promise.resolve(host.asked >= 2), { message: 'another token is fetched' });
    host.token = await tokenFor(600);
    await frame.getByRole('link', { name: COURSE.title }).waitFor();
    await page.context().close();
  });

  it('in a frame is whom its host names: it asks no other tab, and answers none', async () => {
    const { page, frame } = await openHost('/', await tokenFor(600));
    await frame.getByRole('link', { name: COURSE.title }).waitFor();
    const alone = await page.context().newPage();
    await alone.goto(`${stage.service.origin}${PATH}/courses`);
    await alone.getByRole('link', { name: 'Sign in' }).waitFor();
    host.token = '';
    await page.goto(host.origin);
    await stage.go(alone, INSTRUCTOR, '/courses');
    await settled(alone);
    const waiting = page.frameLocator('iframe').getByText('Waiting for the page around this one');
    await waiting.waitFor();
    await page.context().close();
  });

  it('a page of another origin can neither show it, nor hand it a token', async () => {
    foreign.token = await tokenFor(600);
    const page = await stage.newPage();
    await page.goto(foreign.origin);
    await waitFor(async () => (await page.frames()[1]?.title()) !== 'Learning analytics', {
      message: 'the frame is refused',
    });
    expect(foreign.asked).toBe(0);

    // As a window that it opened, which is not framed.
    const opened = page.context().waitForEvent('page');
    await page.evaluate(
      (address) => void Object.assign(window, { other: window.open(address) }),
      stage.service.origin + PATH,
    );
    const dashboard = await opened;
    await dashboard.getByRole('heading', { name: 'Sign in' }).waitFor();
    await page.evaluate((token) => {
      const { other } = window as unknown as { other: Window };
      other.postMessage({ type: 'user-progress:token', token }, '*');
    }, foreign.token);
    // A later message of the page itself has arrived: so has that one.
    await dashboard.evaluate(
      () =>
        new Promise((resolve) => {
          window.addEventListener('message', resolve, { once: true });
          window.postMessage('later', '*');
        }),
    );
    expect(await dashboard.getByRole('heading', { name: 'Sign in' }).count()).toBe(1);
    await page.context().close();
  });

  it('a learner’s name leads to the address of the configuration', async () => {
    const page = await stage.visit(INSTRUCTOR, `/courses/${COURSE._id}/at-risk`);
    const link = page.locator('tbody a').first();
    expect(await link.getAttribute('href')).toBe(
      `https://learn.example/people/${await link.innerText()}`,
    );
    await page.context().close();
  });
});

/** The second at which the cursor is. */
async function seconds(frame: Frame): Promise<number> {
  const text = await frame.getByRole('slider').first().getAttribute('aria-valuetext');
  const [, minutes, rest] = /^(\d+):(\d+)/.exec(text!)!;
  return Number(minutes) * 60 + Number(rest);
}
