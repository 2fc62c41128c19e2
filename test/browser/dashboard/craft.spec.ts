import type { BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasBrowser } from '../harness/browser.ts';
import { isWithinScreen, violations } from './look-at-page.ts';
import { PAGES } from './pages.ts';
import {
  COURSE,
  HOSTILE,
  HOSTILE_LESSON,
  HOSTILE_TITLE,
  INSTRUCTOR,
  LESSON,
} from './past/catalogue.ts';
import { panel } from './read-page.ts';
import { DashboardStage, settled, type Person } from './stage.ts';

const ALL = {
  ...PAGES,
  'hostile lesson': [INSTRUCTOR, `/courses/${HOSTILE._id}/lessons/${HOSTILE_LESSON._id}`],
} satisfies Record<string, [Person, string]>;
/** What the service takes out of titles already. */
const TURNING = /[\u202A-\u202E]/g;
const LOOKS: Record<string, BrowserContextOptions> = {
  'in English, light': {},
  'in Arabic, dark': { locale: 'ar', colorScheme: 'dark' },
};

describe.skipIf(!hasBrowser())('the dashboard', () => {
  let stage: DashboardStage;
  beforeAll(async () => {
    stage = await DashboardStage.open({
      environment: {
        DASHBOARD_LESSON_URL: 'https://learn.example/{courseId}/{lessonId}?at={second}',
      },
    });
  });
  afterAll(() => stage.close());

  const visit: DashboardStage['check'] = (...what) => stage.check(...what);

  const everywhere = Object.entries<[Person, string]>(ALL).flatMap(([name, where]) =>
    Object.entries(LOOKS).map(([look, options]) => ({ name, look, where, options })),
  );

  it.each(everywhere)('can be used by everybody: $name, $look', ({ where, options }) =>
    visit(where, options, async (page) => {
      expect(await violations(page)).toEqual([]);
      for (const width of [1_280, 320]) {
        await page.setViewportSize({ width, height: 700 });
        await page.waitForFunction(isWithinScreen, undefined, { polling: 100 });
      }
    }),
  );

  it('is read to its end by keyboard alone, and shows where one is', () =>
    visit(PAGES.courses, {}, async (page) => {
      await tabTo(page, COURSE.title);
      await page.keyboard.press('Enter');
      await page.getByRole('heading', { level: 1, name: COURSE.title }).waitFor();
      await settled(page);
      await tabTo(page, 'Watch time');
      await page.keyboard.press('Enter');
      await panel(page, 'Watch time').waitFor();
      await tabTo(page, 'Table');
      await page.keyboard.press('Enter');
      await panel(page, 'Watch time').locator('tbody tr').first().waitFor();
      await tabTo(page, LESSON.title);
      const outline = await page.evaluate(
        () => getComputedStyle(document.activeElement!).outlineStyle,
      );
      expect(outline).toBe('solid');
      await page.keyboard.press('Enter');
      await page.getByRole('heading', { level: 1, name: LESSON.title }).waitFor();
      const curve = page.getByRole('slider');
      await curve.waitFor();
      await tabTo(page, await curve.getAttribute('aria-label'));
      await page.keyboard.press('End');
      const end = await curve.getAttribute('aria-valuetext');
      await page.keyboard.press('ArrowLeft');
      expect(await curve.getAttribute('aria-valuetext')).not.toBe(end);
      expect(end).toMatch(/^8:3\d · seen \d/);
    }));

  it('lists its keys by ?, which do what the list says', () =>
    visit(PAGES.course, {}, async (page) => {
      await page.keyboard.press('?');
      const list = page.getByRole('dialog', { name: 'Keys' });
      await list.waitFor();
      await page.keyboard.press('Escape');
      await page.keyboard.press(']');
      await page.waitForURL(/period=90/);
      await page.keyboard.press('[');
      await page.waitForURL((url) => !url.search.includes('period'));
      await page.keyboard.press('2');
      await page.getByRole('heading', { level: 1, name: 'My learning' }).waitFor();
      // A page without a period has none to make longer.
      await page.keyboard.press(']');
      expect(page.url()).not.toContain('period');
    }));

  it('is mirrored in Arabic, and time still goes to the right', () =>
    visit(PAGES.course, { locale: 'ar' }, async (page) => {
      expect(await page.locator('html').getAttribute('dir')).toBe('rtl');
      const heading = await page.locator('h1').boundingBox();
      expect(heading!.x + heading!.width).toBeGreaterThan(900);
      const labels = await page.locator('.chart').first().locator('.axis:last-of-type text').all();
      const places = await Promise.all(labels.map((label) => label.boundingBox()));
      expect(places.map((place) => place!.x)).toEqual(
        places.map((place) => place!.x).toSorted((one, other) => one - other),
      );
    }));

  it('shortens the id of a learner only to the eye, and copies all of it', () =>
    visit(
      PAGES['at-risk'],
      { permissions: ['clipboard-read', 'clipboard-write'] },
      async (page) => {
        const first = page.locator('tbody tr').first();
        const id = await first.locator('data').first().getAttribute('value');
        expect(await first.locator('.id').getAttribute('title')).toBe(id);
        expect(await first.locator('.id').innerText()).toBe(id);
        await first.getByRole('button', { name: `Copy ${id}` }).click();
        await first.getByText('Copied').waitFor();
        expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(id);
      },
    ));

  it('leads a learner to where they were', () =>
    visit(PAGES.learning, {}, async (page) => {
      const link = panel(page, 'Continue where you were').getByRole('link').first();
      expect(await link.getAttribute('href')).toMatch(
        /^https:\/\/learn\.example\/\w+\/\w+\?at=312$/,
      );
    }));

  it('says that today is not over, in what is drawn and in words', () =>
    visit(PAGES.course, {}, async (page) => {
      const chart = panel(page, 'Active learners').getByRole('slider');
      expect(await chart.locator('.line.partial').count()).toBe(3);
      // Where all lines are equal, a good part of the first is seen between the dashes of the others.
      expect(await chart.locator('.line').first().getAttribute('class')).toBe('line first');
      const gaps = await chart.locator('.line:not(.first, .partial)').evaluateAll((lines) =>
        lines.map((line) => {
          const { strokeDasharray, strokeLinecap, strokeWidth } = getComputedStyle(line);
          const [dash, gap] = strokeDasharray.split(',').map(parseFloat);
          const ends = strokeLinecap === 'butt' ? 0 : parseFloat(strokeWidth);
          return (gap! - ends) / (dash! + gap!);
        }),
      );
      expect(gaps[0]! * gaps[1]!).toBeGreaterThan(0.4);
      await chart.focus();
      await page.keyboard.press('End');
      expect(await chart.getAttribute('aria-valuetext')).toContain(', so far: ');
    }));

  it('shows a hostile title as text, which changes nothing around it', () =>
    visit(PAGES.courses, {}, async (page) => {
      page.on('dialog', () => stage.complaints.push('a title was run'));
      const link = page.getByRole('link', { name: '<img src=x' });
      expect(await link.textContent()).toBe(HOSTILE_TITLE.replaceAll(TURNING, ' '));
      expect(await page.locator('main img, main script').count()).toBe(0);
      await link.click();
      await page.getByRole('heading', { level: 1 }).filter({ hasText: '<img' }).waitFor();
      await settled(page);
      // Another part of the line is where it was: the title turned no direction.
      const [title, started] = await Promise.all([
        page.getByRole('columnheader', { name: 'Lesson' }).boundingBox(),
        page.getByRole('columnheader', { name: 'Started' }).boundingBox(),
      ]);
      expect(started!.x).toBeGreaterThan(title!.x);
      expect(await page.title()).toContain('\u2068');

      // Of so few learners nothing is known yet: neither praise, nor that nothing changed.
      expect(await panel(page, 'What to do now').innerText()).toContain(
        'Too few learners to tell.',
      );
      const changes = await page.locator('.fact .beside').allInnerTexts();
      expect(changes.slice(0, 2)).toEqual(Array(2).fill('none in the period before'));
    }));

  it('shows the same of cohorts in the chart and in the table, and cuts nothing off', () =>
    visit(PAGES.course, {}, async (page) => {
      const cohorts = panel(page, 'Cohorts');
      const cells = () => cohorts.locator('tbody td:nth-last-child(-n+6)').allInnerTexts();
      const drawn = await cells();
      expect(drawn.some((text) => /^\d+% \(\d+\)$/.test(text))).toBe(true);
      // Different shares have different tones: as many as there are, and no five steps.
      const tones = await cohorts
        .locator('td.share')
        .evaluateAll((found) => found.map((cell) => getComputedStyle(cell).backgroundColor));
      expect(new Set(tones).size).toBeGreaterThan(8);
      const weeks = () => cohorts.locator('tbody tr > :first-child').allInnerTexts();
      const named = await weeks();
      await cohorts.getByRole('button', { name: 'Table' }).click();
      expect(await cells()).toEqual(drawn);
      expect(await weeks()).toEqual(named);
      expect(new Set(named).size).toBe(named.length);
      expect(await cohorts.locator('.more-before, .more-after').count()).toBe(0);
    }));

  it('is printed in black on white, with its figures and without what can be pressed', () =>
    visit(PAGES.course, { colorScheme: 'dark' }, async (page) => {
      await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
      expect(await page.getByRole('button').filter({ visible: true }).count()).toBe(0);
      expect(
        await page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor),
      ).toBe('rgb(255, 255, 255)');
      expect(await page.locator('.fact data').first().isVisible()).toBe(true);
    }));

  it('moves nothing where people want nothing to move', () =>
    visit(PAGES.course, { reducedMotion: 'reduce' }, async (page) => {
      const moving = await page.evaluate(() => document.getAnimations().length);
      expect(moving).toBe(0);
    }));

  it('is sketched before its script is there, from where its reader begins to read', async () => {
    const page = await stage.newPage({ locale: 'ar' });
    let letGo = () => {};
    const held = new Promise<void>((resolve) => (letGo = resolve));
    await page.route('**/assets/index-*.js', async (route) => {
      await held;
      await route.continue();
    });
    const [person, path] = PAGES.courses;
    const there = stage.go(page, person, path);
    const heading = await page.locator('.shell-sketch rect').first().boundingBox();
    expect(heading!.x).toBeGreaterThan(800);
    await page.waitForFunction(
      () => performance.getEntriesByName('first-contentful-paint').length === 1,
    );
    letGo();
    await there;
    await settled(page);
    expect(await page.locator('.shell-sketch').count()).toBe(0);
    await page.context().close();
  });

  it('is painted before its figures come, and nothing moves when they do', async () => {
    let letGo = () => {};
    const held = new Promise<void>((resolve) => (letGo = resolve));
    const page = await stage.newPage();
    await page.route('**/graphql', async (route) => {
      await held;
      await route.continue();
    });
    const [person, path] = PAGES.course;
    await stage.go(page, person, path);
    await page.locator('.skeleton').first().waitFor();
    const heading = page.getByRole('heading', { name: 'What to do now' });
    const before = await heading.boundingBox();
    letGo();
    await settled(page);
    const after = await heading.boundingBox();
    expect(Math.abs(after!.y - before!.y)).toBeLessThan(60);
    await page.context().close();
  });

  it('withholds the curve of very few learners, and says so', () =>
    visit(ALL['hostile lesson'], {}, async (page) => {
      const { rowCount } = await stage.service.database.pool.query(
        'SELECT FROM user_progress WHERE lesson_id = $1',
        [HOSTILE_LESSON._id],
      );
      expect(await panel(page, 'Second by second').innerText()).toContain(
        `The curve is withheld: ${rowCount} learners are too few to show.`,
      );
    }));

  it('breaks no rule of its policy', () => expect(stage.complaints).toEqual([]));
});

/** Presses Tab until something of this name has the focus. */
async function tabTo(page: Page, name: string | null): Promise<void> {
  for (let pressed = 0; pressed < 80; pressed += 1) {
    await page.keyboard.press('Tab');
    const isThere = await page.evaluate((wanted) => {
      const { activeElement: one } = document;
      const names = [one?.getAttribute('aria-label'), one?.textContent];
      return names.some((text) => text?.startsWith(wanted!));
    }, name);
    if (isThere) return;
  }
  throw new Error(`${name} is not reached by keyboard`);
}
