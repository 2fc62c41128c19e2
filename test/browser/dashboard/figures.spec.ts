import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { STUDIED_COURSES } from '../../../sandbox/history/courses.ts';
import { pastOf } from '../../../sandbox/history/past-learner.ts';
import { hasBrowser } from '../harness/browser.ts';
import { ADMINISTRATOR, COURSE, DEVOTED, INSTRUCTOR, LESSON, LESSONS } from './past/catalogue.ts';
import { changeOf, dayOf, mediumOf, position, secondOf } from './as-written.ts';
import { linesOf, quoted } from './read-file.ts';
import { factsOf, fieldsOf, panel, rowsOf, type Value } from './read-page.ts';
import { Recount } from './recount.ts';
import { DashboardStage, settled, type Person } from './stage.ts';

/** Into which the page has a curve divided, at most. */
const POINTS = 300;
const DAY_MS = 86_400_000;
/** Who completed a lesson may have stopped in it: both together may be more than those who started it. */
const WHO_STOPPED = 'Stopped: last active here 14 or more days ago;';

describe.skipIf(!hasBrowser())('what the dashboard shows', () => {
  let stage: DashboardStage;
  let recount: Recount;
  beforeAll(async () => {
    // A page asks for no more than its reader may: no panel waits for its turn in vain.
    stage = await DashboardStage.open({ environment: { RATE_LIMIT_DISABLED: 'false' } });
    recount = new Recount(stage.service.database.pool);
  });
  afterAll(() => stage.close());

  const shown = (person: Person, path: string, check: (page: Page) => Promise<void>) =>
    stage.check([person, path], {}, check);

  it('of a course is what its records and days say', () =>
    shown(INSTRUCTOR, `/courses/${COURSE._id}`, async (page) => {
      expect(await factsOf(page)).toEqual(await recount.facts(COURSE._id));
      expect(await rowsOf(page, 'Active learners')).toEqual(await recount.rows('days', COURSE._id));
      expect(await rowsOf(page, 'Lessons')).toEqual(await recount.rows('lessons', COURSE._id));
      expect(await panel(page, 'Lessons').innerText()).toContain(WHO_STOPPED);
      expect(await rowsOf(page, 'Time to complete')).toEqual(
        await recount.rows('times', COURSE._id),
      );
      const cohorts = await rowsOf(page, 'Cohorts');
      expect(cohorts.length).toBeGreaterThan(5);
      for (const [weeks, ...counts] of cohorts) {
        const [week, last = week] = String(weeks).split('/');
        expect([counts]).toEqual(await recount.rows('cohort', COURSE._id, week!, last!));
      }
      expect(await panel(page, 'Cohorts').locator('.sentence').innerText()).toMatch(
        /of the last 90 days, .*Weeks in which nobody began are left out.*at least 90 days, whatever period is chosen/,
      );
      // It is of the reader's clock, days are of the service's.
      expect(await page.locator('.freshness').first().getAttribute('title')).toMatch(
        /^\d+ \w+ \d{4} at \d\d:\d\d:\d\d (UTC|GMT)/,
      );
    }));

  it('of a period is what happened in it, and a click on a figure draws it', () =>
    shown(INSTRUCTOR, `/courses/${COURSE._id}`, async (page) => {
      await page.getByRole('link', { name: /^New learners/ }).click();
      await panel(page, 'New learners').waitFor();
      const sum = async () =>
        (await rowsOf(page, 'New learners')).reduce((all, [, one]) => all + Number(one), 0);
      expect(await sum()).toBe((await recount.facts(COURSE._id))['New learners']);
      const month = await sum();
      await page.getByRole('link', { name: '90 days', exact: true }).click();
      await page.waitForFunction(() => document.querySelectorAll('tbody tr').length > 90);
      expect(await sum()).toBeGreaterThan(month);
      expect(new URL(page.url()).search).toBe('?metric=enrolled&period=90');

      await page.getByRole('link', { name: '7 days' }).click();
      await page.getByText('last 7 days').first().waitFor();
      expect(await page.locator('.lead .sentence').innerText()).toMatch(
        /^Changes compare .+: today is not over\.$/,
      );
      const [yesterday, before] = [1, 8].map((back) => new Date(Date.now() - back * DAY_MS));
      expect(await page.locator('.lead .sentence').innerText()).toContain(
        `; active learners, the 30 days to ${mediumOf(yesterday!.toISOString())} with those to ${mediumOf(before!.toISOString())}:`,
      );
      const counted = await recount.rows('changes', COURSE._id, 7);
      expect(await page.locator('.fact .beside').allInnerTexts()).toEqual(
        counted.map(([now, before]) => changeOf(Number(now), Number(before))),
      );
    }));

  it('of a year that began before activity was known is what is known, and says since when', () =>
    shown(INSTRUCTOR, `/courses/${COURSE._id}?period=365`, async (page) => {
      const { rows } = await stage.service.database.pool.query<{ seconds: number }>(
        'SELECT sum(seconds)::int AS seconds FROM learner_day WHERE course_id = $1',
        [COURSE._id],
      );
      expect((await factsOf(page))['Watch time']).toBe(rows[0]!.seconds);
      expect(await page.locator('.fact .span').allInnerTexts()).toEqual([
        ...['last 30 days', 'last 365 days', 'last 365 days'],
        expect.stringMatching(/^since \d+ \w+ \d{4}$/),
      ]);
      // The table begins where anything is known: there are no months of nothing before.
      const [first] = await rowsOf(page, 'Active learners');
      await page.locator('.fact .span', { hasText: `since ${mediumOf(first![0])}` }).waitFor();
      // No card shows a change: there are no days that it would compare.
      expect(await page.locator('.fact .beside').allInnerTexts()).toEqual([
        ...['no figures of 365 days ago', 'none in the period before'],
        ...['none in the period before', 'no figures for the period before'],
      ]);
      expect(await page.locator('.lead .sentence').count()).toBe(0);
      const cohorts = panel(page, 'Cohorts');
      const sentence = await cohorts.locator('.sentence').innerText();
      expect(sentence).toContain('in a week of the last 365 days,');
      expect(sentence).not.toContain('whatever');
      // The first weeks had few learners: of these, a share says little.
      const learners = page.locator('td:nth-child(2)', { hasText: /^1?\d$/ });
      const ofFew = cohorts.locator('tbody tr').filter({ has: learners });
      expect(await ofFew.count()).toBeGreaterThan(0);
      expect((await ofFew.allInnerTexts()).join(' ')).not.toContain('%');
      expect(await ofFew.locator('.share').count()).toBe(0);
    }));

  it('of a lesson is what each learner saw of each second', () =>
    shown(INSTRUCTOR, `/courses/${COURSE._id}/lessons/${LESSON._id}`, async (page) => {
      const [row] = (await recount.rows('lessons', COURSE._id)).filter(
        ([one]) => one === LESSON.title,
      );
      const [, started, completed, stopped, coverage, seconds] = row!;
      expect(await factsOf(page)).toMatchObject({
        ...{ Started: started, Completed: completed, Stopped: stopped },
        ...{ Seen: coverage, 'Watch time': seconds },
      });
      expect(await page.locator('.small-facts .sentence').innerText()).toContain(WHO_STOPPED);
      // Nothing of the chart goes on where the film ends.
      const ends = await page
        .locator('.seen-area, .chart .axis:first-of-type line')
        .evaluateAll((parts) =>
          parts.map((part) => Math.round(part.getBoundingClientRect().right)),
        );
      expect([ends.length, new Set(ends).size]).toEqual([7, 1]);
      expect(await page.locator('.small-facts .sentence').innerText()).toContain(
        'Watched again: seconds seen once more, per second seen.',
      );
      const points = await rowsOf(page, 'Second by second');
      const secondsPerPoint = Math.ceil(LESSON.durationSeconds / POINTS);
      const counted = await recount.rows('curve', LESSON._id, secondsPerPoint);
      expect(points).toHaveLength(LESSON.durationSeconds / secondsPerPoint);
      points.forEach(([second, last, seen, again], index) => {
        const [at, seenToo, againToo] = counted[index]!;
        expect(second).toBe(at);
        expect(last).toBe(Math.min(Number(at) + secondsPerPoint, LESSON.durationSeconds) - 1);
        expect(seen).toBeCloseTo(Number(seenToo), 1);
        expect(again).toBeCloseTo(Number(againToo), 0);
      });
    }));

  it('in words names the lesson, the second, and how many learners', () =>
    shown(INSTRUCTOR, `/courses/${COURSE._id}`, async (page) => {
      const advices = await panel(page, 'What to do now').locator('li').allInnerTexts();
      const [worst] = (await recount.rows('lessons', COURSE._id)).toSorted(
        (one, other) => stoppedShare(other) - stoppedShare(one),
      );
      const [title, started, , stopped] = worst!;
      expect(advices[0]).toContain(`“${title}”: ${stopped} of ${started} learners.`);
      // Of a larger lesson, a smaller share may be more learners.
      const share = Math.round(100 * stoppedShare(worst!));
      expect(advices[0]).toContain(`The largest share, ${share}%, stops in`);

      const [, said, begin, end] = /(\d+) left from (\d+:\d\d) to (\d+:\d\d)\./.exec(advices[0]!)!;
      const [deepest, at] = (await recount.rows('fall', COURSE._id, title!))[0]!;
      const [from, to] = [secondOf(begin!), secondOf(end!)];
      expect(at).toBeGreaterThanOrEqual(from);
      expect(at).toBeLessThanOrEqual(to);
      // The sentence joins falls of five seconds each: between its ends, exactly so many are lost.
      expect((to - from) % 5).toBe(0);
      expect(await recount.rows('lost', COURSE._id, title!, from, to)).toEqual([[Number(said)]]);
      expect(Number(said)).toBeGreaterThanOrEqual(Number(deepest));

      const [, replayed, ...ends] = /“(.+)” is replayed most from (\d+:\d\d) to (\d+:\d\d)/.exec(
        advices[1]!,
      )!;
      expect(advices[1]).toContain(`: on average by `);
      const index = LESSONS.findIndex((lesson) => lesson.title === replayed);
      const { hard } = STUDIED_COURSES[0]!.lessons[index]!;
      // What is explained there is what was written into the past of this course.
      ends.map(secondOf).forEach((end, side) => {
        expect(Math.abs(end - hard![side]!)).toBeLessThan(10);
      });

      const atRisk = (await recount.rows('atRisk', COURSE._id)).length;
      expect(advices[2]).toContain(`${atRisk} learners have been silent for 14 to 90 days.`);
      await page.getByRole('link', { name: /See where/ }).click();
      await page.getByRole('heading', { level: 1, name: String(title) }).waitFor();
    }));

  it('of learners at risk is everybody who is silent, and the file has those of all pages', () =>
    shown(INSTRUCTOR, `/courses/${COURSE._id}/at-risk`, async (page) => {
      const counted = await recount.rows('atRisk', COURSE._id);
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
      const [, , , lesson] = onScreen[0]!;
      await panel(page, title)
        .getByRole('link', { name: String(lesson) })
        .first()
        .click();
      await page.getByRole('heading', { level: 1, name: String(lesson) }).waitFor();
    }));

  it('in a file is what is on the screen', () =>
    shown(INSTRUCTOR, `/courses/${COURSE._id}`, async (page) => {
      for (const title of ['Active learners', 'Lessons', 'Time to complete', 'Cohorts']) {
        const rows = await rowsOf(page, title);
        const head = await fieldsOf(page, title);
        const download = page.waitForEvent('download');
        await panel(page, title).getByRole('button', { name: 'CSV' }).click();
        const file = await linesOf(await download);
        expect(file).toEqual([head, ...rows].map((row) => row.map(quoted).join(',')));
      }
      expect((await fieldsOf(page, 'Cohorts')).slice(2)).toEqual([
        'completed_within_1_week',
        ...[2, 4, 8, 12].map((weeks) => `completed_within_${weeks}_weeks`),
      ]);
      const [lesson, ...units] = await fieldsOf(page, 'Lessons');
      expect(lesson).toBe('lesson');
      expect(units).toEqual([
        ...['learners_started', 'learners_completed', 'learners_stopped'],
        ...['average_coverage_percent', 'watch_time_seconds'],
      ]);
    }));

  it('of all courses of an instructor is what the records of each say', () =>
    shown(INSTRUCTOR, '/courses', async (page) => {
      const rows = await rowsOf(page, 'Courses');
      const counted = await recount.rows('courses', INSTRUCTOR.id);
      expect(rows.map((row) => row.slice(0, 3))).toEqual(counted);
      const ofFew = panel(page, 'Courses').locator('tbody tr', { hasText: 'very long very long' });
      expect(await ofFew.innerText()).toContain('Too few learners to tell.');
      const [, , , atRisk] = rows.find(([title]) => title === COURSE.title)!;
      expect(atRisk).toBe((await recount.rows('atRisk', COURSE._id)).length);
    }));

  it('of the platform counts each learner once', () =>
    shown(ADMINISTRATOR, '/platform', async (page) => {
      // Of each course once: these are no different learners.
      const { 'New learners': starts, ...others } = await recount.facts('');
      expect(await factsOf(page)).toEqual({ ...others, 'Course starts': starts });
      await page.getByRole('link', { name: /^Course starts/ }).click();
      expect(await fieldsOf(page, 'Course starts')).toEqual(['day', 'course_starts']);
      const top = await rowsOf(page, 'Top courses');
      expect(top).toEqual(await recount.rows('topCourses'));
      // The card is what its column adds up to.
      expect((await fieldsOf(page, 'Top courses'))[2]).toBe('course_starts');
      expect(await panel(page, 'Top courses').locator('thead').innerText()).toContain(
        'Course starts',
      );
    }));

  it('of a learner is their own days, and where they were', () =>
    shown(DEVOTED, '/learning', async (page) => {
      expect(await factsOf(page)).toEqual(await recount.streaks(DEVOTED.id));
      const [next] = await panel(page, 'Continue where you were').locator('li').allInnerTexts();
      const { lessonId, plays } = pastOf(0, new Date()).at(-1)!;
      const { title } = LESSONS.find(({ _id }) => _id === lessonId)!;
      expect(next).toContain(`“${title}” at ${position(plays[0]!.to)}`);

      const year = panel(page, 'Your year');
      const lastDays = (await year.locator('rect.day').all()).slice(-9);
      for (const [index, cell] of lastDays.entries()) {
        await cell.hover();
        const day = new Date(Date.now() - (lastDays.length - 1 - index) * DAY_MS);
        // Each cell tells its own day, and not its week's.
        expect(await year.locator('.readout').innerText()).toContain(dayOf(day));
      }
    }));

  it('breaks no rule of its policy', () => expect(stage.complaints).toEqual([]));
});

/** Of a row of lessons: of those who began it, how many stopped there. */
const stoppedShare = ([, started, , stopped]: Value[]): number =>
  Number(started) < 20 ? 0 : Number(stopped) / Number(started);
