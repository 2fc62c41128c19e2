import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { waitFor } from '../../support/wait-for.ts';
import { hasBrowser } from '../harness/browser.ts';
import { ADMINISTRATOR, COURSE, IDLE, INSTRUCTOR, LESSONS } from './past/catalogue.ts';
import { factsOf, panel, rowsOf } from './read-page.ts';
import { Recount } from './recount.ts';
import { DashboardStage, settled, type Person } from './stage.ts';

const COURSE_PAGE = `/courses/${COURSE._id}`;
/** The page asks every 15 s, of its own clock, which the tests move. */
const ROUND_MS = 16_000;
/** And every 5 s while there is no answer. */
const AWAY_ROUND_MS = 6_000;

describe.skipIf(!hasBrowser())('when something is away or moves, the dashboard', () => {
  let stage: DashboardStage;
  beforeAll(async () => {
    stage = await DashboardStage.open();
  });
  afterAll(() => stage.close());

  /** A page whose clock stands still unless it is moved. */
  const open = async (path: string, prepare?: (page: Page) => Promise<unknown>): Promise<Page> => {
    const page = await stage.newPage();
    await page.clock.install();
    await prepare?.(page);
    await stage.go(page, INSTRUCTOR, path);
    return page;
  };

  /** Lets a learner begin the course. */
  const begin = async ({ id: userId }: Person): Promise<void> => {
    const client = await stage.service.as({ sub: userId, role: 'user' });
    const { errors } = await client.request(
      `mutation ($input: CreateUserProgressInput!) { createUserProgress(createUserProgressInput: $input) { success } }`,
      { input: { userId, courseId: COURSE._id, lessonId: LESSONS[0]!._id } },
    );
    expect(errors).toBeUndefined();
  };

  const streakOf = async (person: Person): Promise<string> => {
    const page = await stage.visit(person, '/learning');
    const shown = await page.locator('main').innerText();
    await page.context().close();
    return shown;
  };

  /** As when PostgreSQL is away: each query is refused. */
  const breakOff = (page: Page) =>
    page.route('**/graphql', (route) =>
      route.fulfill({
        status: 503,
        contentType: 'application/json',
        body: JSON.stringify({
          errors: [
            { message: 'Please try again later.', extensions: { code: 'SERVICE_UNAVAILABLE' } },
          ],
        }),
      }),
    );

  it('says so panel by panel, and each can be asked for again', async () => {
    const page = await open(COURSE_PAGE, breakOff);
    const lessons = panel(page, 'Lessons');
    await lessons.getByRole('button', { name: 'Retry' }).waitFor();
    expect(await lessons.innerText()).toContain('Please try again later.');
    expect(await page.getByRole('alert').count()).toBeGreaterThan(4);
    await page.unroute('**/graphql');
    await lessons.getByRole('button', { name: 'Retry' }).click();
    await lessons.locator('tbody tr').first().waitFor();
    expect(await panel(page, 'Cohorts').getByRole('button', { name: 'Retry' }).count()).toBe(1);
    await page.context().close();
  });

  it('keeps what it shows while the database is away, says how old it is, and goes on by itself', async () => {
    const page = await open(COURSE_PAGE);
    await settled(page);
    const before = await factsOf(page);
    await breakOff(page);
    for (let round = 0; round < 5; round += 1) await page.clock.runFor(ROUND_MS);
    const stale = page.locator('.freshness.stale').first();
    await stale.waitFor();
    expect(await stale.innerText()).toMatch(/^as of \d\d:\d\d$/);
    expect(await factsOf(page)).toEqual(before);
    await page.unroute('**/graphql');
    await page.clock.runFor(ROUND_MS);
    await page.waitForFunction(() => document.querySelector('.freshness.stale') === null);
    await page.context().close();
  });

  it('says that the connection is lost, in its own words', async () => {
    const page = await open('/courses', (opened) =>
      opened.route('**/graphql', (route) => route.abort()),
    );
    await page.getByText('The service could not be reached.').waitFor();
    await page.context().close();
  });

  it('keeps its figures while there is no network, says of when they are, and goes on when it is back', async () => {
    const page = await open(COURSE_PAGE);
    await settled(page);
    const before = await factsOf(page);
    const line = page.getByRole('status').filter({ hasText: 'You are offline.' });
    await page.context().setOffline(true);
    await line.waitFor();
    expect(await line.innerText()).toMatch(/ The figures are of \d\d:\d\d\. The page tries again/);
    expect(await factsOf(page)).toEqual(before);
    expect(await page.getByRole('alert').count()).toBe(0);
    await page.context().setOffline(false);
    await line.waitFor({ state: 'detached' });
    await page.context().close();
  });

  it('says that the service does not answer, and shows what was missing as soon as it does', async () => {
    const page = await open('/courses', (opened) =>
      opened.route('**/graphql', (route) => route.fulfill({ status: 502, body: 'Bad gateway' })),
    );
    const line = page.getByRole('status').filter({ hasText: 'The service does not answer.' });
    await line.waitFor();
    expect(await line.innerText()).not.toContain('The figures are of');
    await page.unroute('**/graphql');
    await page.clock.runFor(AWAY_ROUND_MS);
    await page.getByRole('link', { name: COURSE.title }).waitFor();
    expect(await line.count()).toBe(0);
    await page.context().close();
  });

  it.each([
    ['course', INSTRUCTOR, COURSE_PAGE],
    ['platform', ADMINISTRATOR, '/platform'],
  ])('never shows figures of one period as those of another: %s', async (_, person, path) => {
    const page = await stage.visit(person, path);
    const spans = () => page.locator('.fact .span').allInnerTexts();
    const [before, figures] = [await spans(), await factsOf(page)];
    expect(before).toContain('last 30 days');
    await page.route('**/graphql', () => {});
    await page.getByRole('link', { name: '90 days', exact: true }).click();
    await page.locator('.lead > .former-figures[aria-busy=true]').waitFor();
    expect([await spans(), await factsOf(page)]).toEqual([before, figures]);
    await page.route('**/graphql', (route) => route.abort());
    await page.getByRole('link', { name: '1 year' }).click();
    await page.getByText('The service does not answer.').waitFor();
    expect([await spans(), await factsOf(page)]).toEqual([before, figures]);
    await page.unroute('**/graphql');
    await page.getByRole('link', { name: '7 days' }).click();
    await page.locator('.lead > .former-figures').waitFor({ state: 'detached' });
    expect(await spans()).toEqual(['last 30 days', ...Array(3).fill('last 7 days')]);
    await page.context().close();
  });

  it('says after a reload how one signs in again: nothing is kept', async () => {
    const page = await open('/courses');
    await settled(page);
    await page.reload();
    await page
      .getByText('Open the dashboard again by the link of your learning platform.')
      .waitFor();
    expect(await page.locator('main').innerText()).toContain('npm start prints the link');
    await page.context().close();
  });

  it('shows what somebody has just learned, without a reload', async () => {
    const page = await open(COURSE_PAGE);
    await settled(page);
    const { 'New learners': before } = await factsOf(page);
    const learner = IDLE[0]!;
    await begin(learner);
    for (;;) {
      await page.clock.runFor(ROUND_MS);
      await page.waitForTimeout(200);
      if ((await factsOf(page))['New learners'] === Number(before) + 1) break;
    }
    const recount = new Recount(stage.service.database.pool);
    expect((await rowsOf(page, 'Lessons'))[0]).toEqual(
      (await recount.rows('lessons', COURSE._id))[0],
    );
    await page.context().close();
  });

  it('asks those to learn today who have not yet', async () => {
    const [idle, learned] = [IDLE[1]!, IDLE[2]!];
    await begin(learned);
    await waitFor(async () => (await streakOf(learned)).includes('1 day'), {
      message: 'today is in the streak',
    });
    expect(await streakOf(learned)).not.toContain('keep it');
    expect(await streakOf(idle)).toContain('begins with your next lesson');
  });

  it('asks only whether figures have changed while nothing happens, and shows that they are of now', async () => {
    const page = await open(COURSE_PAGE);
    await settled(page);
    const questions: string[] = [];
    page.on('request', (request) => {
      const { query } = request.postDataJSON() as { query: string };
      questions.push(/query (\w+)/.exec(query)![1]!);
    });
    for (let round = 1; round <= 5; round += 1) {
      const answered = page.waitForResponse(/graphql/);
      await page.clock.runFor(ROUND_MS);
      await answered;
    }
    expect(new Set(questions)).toEqual(new Set(['TeachersAsOf']));
    expect(await page.locator('.freshness').count()).toBe(1);
    expect(await page.locator('.freshness.stale').count()).toBe(0);
    await page.context().close();
  });

  it('asks nothing while nobody looks at it', async () => {
    const page = await open('/courses');
    await settled(page);
    let asked = 0;
    page.on('request', () => (asked += 1));
    await page.evaluate(() =>
      Object.defineProperty(document, 'visibilityState', { value: 'hidden' }),
    );
    for (let round = 0; round < 3; round += 1) await page.clock.runFor(ROUND_MS);
    expect(asked).toBe(0);
    await page.context().close();
  });

  it('says that the figures are still being built, and shows them when they are', async () => {
    const { pool } = stage.service.database;
    await pool.query('UPDATE analytics_state SET built_at = NULL');
    const page = await open('/courses');
    await page.getByText('The figures are being built from the records.').waitFor();
    await pool.query('UPDATE analytics_state SET built_at = now()');
    await page.clock.runFor(ROUND_MS);
    await page.getByRole('link', { name: COURSE.title }).waitFor();
    await page.context().close();
  });

  it.each(['', '/at-risk', `/lessons/${LESSONS[0]!._id}`])(
    'shows an instructor nothing of a course that somebody else teaches, and says so once: %s',
    async (part) => {
      const page = await stage.visit({ id: IDLE[0]!.id, role: 'instructor' }, COURSE_PAGE + part);
      const alerts = await page.getByRole('alert').allInnerTexts();
      expect(alerts).toEqual([expect.stringMatching(/not allowed.*Ask an administrator/)]);
      expect(await page.locator('data').count()).toBe(0);
      await page.getByRole('link', { name: 'To the beginning' }).click();
      await page.getByRole('heading', { level: 1, name: 'My courses' }).waitFor();
      await page.context().close();
    },
  );

  it('says once that there is no such course, and what to look at', async () => {
    const page = await stage.visit(ADMINISTRATOR, '/courses/of-nobody');
    const alerts = await page.getByRole('alert').allInnerTexts();
    expect(alerts).toEqual([expect.stringMatching(/does not exist.*address may be cut off/)]);
    await page.context().close();
  });
});
