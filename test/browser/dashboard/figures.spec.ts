import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasBrowser } from '../harness/browser.ts';
import { ADMINISTRATOR, DEVOTED, HOSTILE, INSTRUCTOR, SQL } from './history/courses.ts';
import { factsOf, fieldsOf, panel, rowsOf, type Value } from './read-page.ts';
import { Recount } from './recount.ts';
import { DashboardStage, settled, type Person } from './stage.ts';

const lesson = SQL.lessons[2]!;

describe.skipIf(!hasBrowser())('what the dashboard shows', () => {
  let stage: DashboardStage;
  let recount: Recount;
  beforeAll(async () => {
    // A page asks for no more than its reader may: no panel waits for its turn in vain.
    stage = await DashboardStage.open({ RATE_LIMIT_DISABLED: 'false' });
    recount = new Recount(stage.service.database.pool);
  });
  afterAll(() => stage.close());

  const shown = async (person: Person, path: string, check: (page: Page) => Promise<void>) => {
    const page = await stage.visit(person, path);
    await check(page);
    await page.context().close();
  };

  it('of a course is what its records and days say', () =>
    shown(INSTRUCTOR, `/courses/${SQL.id}`, async (page) => {
      expect(await factsOf(page)).toEqual(await recount.facts(SQL.id));
      expect(await rowsOf(page, 'Active learners')).toEqual(await recount.rows('days', SQL.id));
      expect(await rowsOf(page, 'Lessons')).toEqual(await recount.rows('lessons', SQL.id));
      expect(await rowsOf(page, 'Time to complete')).toEqual(await recount.rows('times', SQL.id));
      const cohorts = await rowsOf(page, 'Cohorts');
      expect(cohorts.length).toBeGreaterThan(5);
      for (const [week, last, ...counts] of cohorts) {
        expect([counts]).toEqual(await recount.rows('cohort', SQL.id, week!, last!));
      }
    }));

  it('of a period is what happened in it, and a click on a figure draws it', () =>
    shown(INSTRUCTOR, `/courses/${SQL.id}`, async (page) => {
      await page.getByRole('link', { name: /^New learners/ }).click();
      await panel(page, 'New learners').waitFor();
      const sum = async () =>
        (await rowsOf(page, 'New learners')).reduce((all, [, one]) => all + Number(one), 0);
      expect(await sum()).toBe((await recount.facts(SQL.id))['New learners']);
      const month = await sum();
      await page.getByRole('link', { name: '90 days' }).click();
      await page.waitForFunction(() => document.querySelectorAll('tbody tr').length > 90);
      expect(await sum()).toBeGreaterThan(month);
      expect(new URL(page.url()).search).toBe('?metric=enrolled&period=90');
    }));

  it('of a year that began before activity was known is what is known, and says since when', () =>
    shown(INSTRUCTOR, `/courses/${SQL.id}?period=365`, async (page) => {
      const { rows } = await stage.service.database.pool.query<{ seconds: number }>(
        'SELECT sum(seconds)::int AS seconds FROM learner_day WHERE course_id = $1',
        [SQL.id],
      );
      expect((await factsOf(page))['Watch time']).toBe(rows[0]!.seconds);
      expect(await page.locator('.fact .span').allInnerTexts()).toEqual([
        ...['last 30 days', 'last 365 days', 'last 365 days'],
        expect.stringMatching(/^since \d+ \w+ \d{4}$/),
      ]);
    }));

  it('of a lesson is what each learner saw of each second', () =>
    shown(INSTRUCTOR, `/courses/${SQL.id}/lessons/${lesson.id}`, async (page) => {
      const [row] = (await recount.rows('lessons', SQL.id)).filter(([one]) => one === lesson.title);
      const [, started, completed, stopped, coverage, seconds] = row!;
      expect(await factsOf(page)).toMatchObject({
        ...{ Started: started, Completed: completed, Stopped: stopped },
        ...{ Seen: coverage, 'Watch time': seconds },
      });
      const points = await rowsOf(page, 'Second by second');
      const counted = await recount.rows('curve', lesson.id);
      expect(points).toHaveLength(lesson.seconds / 3);
      points.forEach(([second, seen, again], index) => {
        const [at, seenToo, againToo] = counted[index]!;
        expect(second).toBe(at);
        expect(seen).toBeCloseTo(Number(seenToo), 1);
        expect(again).toBeCloseTo(Number(againToo), 0);
      });
    }));

  it('in words names the lesson, the second, and how many learners', () =>
    shown(INSTRUCTOR, `/courses/${SQL.id}`, async (page) => {
      const advices = await panel(page, 'What to do now').locator('li').allInnerTexts();
      const [row] = (await recount.rows('lessons', SQL.id)).filter(([one]) => one === lesson.title);
      expect(advices[0]).toMatch(
        new RegExp(
          `“${lesson.title}”: ${row![3]} of ${row![1]} learners. \\d+ left at 4:(09|10|11)`,
        ),
      );
      expect(advices[1]).toMatch(/“Joining tables” is replayed most from 3:2\d to 4:0\d/);
      const atRisk = (await recount.rows('atRisk', SQL.id)).length;
      expect(advices[2]).toContain(`${atRisk} learners have been silent`);
      await page.getByRole('link', { name: /Joining tables.*See where/ }).click();
      await page.getByRole('heading', { level: 1, name: lesson.title }).waitFor();
    }));

  it('of learners at risk is everybody who is silent, and the file has those of all pages', () =>
    shown(INSTRUCTOR, `/courses/${SQL.id}/at-risk`, async (page) => {
      const counted = await recount.rows('atRisk', SQL.id);
      expect(counted.length).toBeGreaterThan(100);
      const title = 'Silent for 14 days or more';
      const onScreen = await rowsOf(page, title);
      expect(onScreen).toEqual(counted.slice(0, 50));
      const download = page.waitForEvent('download');
      await page.getByRole('button', { name: 'CSV' }).click();
      const lines = await linesOf(await download);
      expect(lines[0]).toBe((await fieldsOf(page, title)).join(','));
      expect(lines.slice(1)).toEqual(counted.map((row) => row.map(quoted).join(',')));
      await page.getByRole('link', { name: 'Next page' }).click();
      await page.waitForFunction(
        (first) => document.querySelector('tbody data')?.getAttribute('value') !== first,
        String(counted[0]![0]),
      );
      expect(await rowsOf(page, title)).toEqual(counted.slice(50, 100));
      await page.goBack();
      await settled(page);
      expect(await rowsOf(page, title)).toEqual(onScreen);
    }));

  it('in a file is what is on the screen', () =>
    shown(INSTRUCTOR, `/courses/${SQL.id}`, async (page) => {
      for (const title of ['Active learners', 'Lessons', 'Time to complete', 'Cohorts']) {
        const rows = await rowsOf(page, title);
        const head = await fieldsOf(page, title);
        const download = page.waitForEvent('download');
        await panel(page, title).getByRole('button', { name: 'CSV' }).click();
        const file = await linesOf(await download);
        expect(file).toEqual([head, ...rows].map((row) => row.map(quoted).join(',')));
      }
      const [lesson, ...units] = await fieldsOf(page, 'Lessons');
      expect(lesson).toBe('lesson');
      expect(units).toEqual([
        ...['learners_started', 'learners_completed', 'learners_stopped'],
        ...['average_coverage_percent', 'watch_time_seconds'],
      ]);
    }));

  it('of cohorts is the same in the chart and in the table, and none of it is cut off', () =>
    shown(INSTRUCTOR, `/courses/${SQL.id}`, async (page) => {
      const cohorts = panel(page, 'Cohorts');
      const cells = () => cohorts.locator('tbody td:nth-last-child(-n+6)').allInnerTexts();
      const drawn = await cells();
      expect(drawn.some((text) => /^\d+% \(\d+\)$/.test(text))).toBe(true);
      await cohorts.getByRole('button', { name: 'Table' }).click();
      expect(await cells()).toEqual(drawn);
      expect(await cohorts.locator('.more-before, .more-after').count()).toBe(0);
    }));

  it('of all courses of an instructor is what the records of each say', () =>
    shown(INSTRUCTOR, '/courses', async (page) => {
      const rows = await rowsOf(page, 'Courses');
      const counted = await recount.rows('courses', INSTRUCTOR.id);
      expect(rows.map((row) => row.slice(0, 3))).toEqual(counted);
      expect(rows[0]![3]).toBe((await recount.rows('atRisk', SQL.id)).length);
    }));

  it('of the platform counts each learner once', () =>
    shown(ADMINISTRATOR, '/platform', async (page) => {
      expect(await factsOf(page)).toEqual(await recount.facts(''));
      const top = await rowsOf(page, 'Top courses');
      expect(top).toEqual(await recount.rows('topCourses'));
    }));

  it('of a learner is their own days, and where they were', () =>
    shown(DEVOTED, '/learning', async (page) => {
      expect(await factsOf(page)).toEqual(await recount.streaks(DEVOTED.id));
      const [next] = await panel(page, 'Continue where you were').locator('li').allInnerTexts();
      expect(next).toMatch(/“Drawing 71” at 6:(09|1\d)/);
    }));

  it('withholds the curve of very few learners, and says so', () =>
    shown(INSTRUCTOR, `/courses/${HOSTILE.id}/lessons/${HOSTILE.lessons[0]!.id}`, async (page) => {
      const { rowCount } = await stage.service.database.pool.query(
        'SELECT FROM user_progress WHERE lesson_id = $1',
        [HOSTILE.lessons[0]!.id],
      );
      expect(await panel(page, 'Second by second').innerText()).toContain(
        `The curve is withheld: ${rowCount} learners are too few to show.`,
      );
    }));

  it('breaks no rule of its policy', () => expect(stage.complaints).toEqual([]));
});

async function linesOf(download: { createReadStream(): Promise<NodeJS.ReadableStream> }) {
  let text = '';
  for await (const chunk of await download.createReadStream()) text += String(chunk);
  expect(text.startsWith('\uFEFF')).toBe(true);
  return text.slice(1).trimEnd().split('\r\n');
}

const quoted = (value: Value): string => {
  const text = value === null ? '' : String(value);
  return /[",]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};
