import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasBrowser } from '../harness/browser.ts';
import {
  areApart,
  besideTheirTick,
  beyondTheEdge,
  inRows,
  isWithinScreen,
  outsideTheirChart,
  violations,
} from './look-at-page.ts';
import { PAGES } from './pages.ts';
import { COURSE, INSTRUCTOR } from './past/catalogue.ts';
import { panel } from './read-page.ts';
import { DashboardStage } from './stage.ts';

const NARROW = { viewport: { width: 320, height: 700 } };

describe.skipIf(!hasBrowser())('the dashboard, at any width,', () => {
  let stage: DashboardStage;
  beforeAll(async () => {
    stage = await DashboardStage.open();
  });
  afterAll(() => stage.close());

  const visit: DashboardStage['check'] = (...what) => stage.check(...what);

  it('names days below a chart where they are, and no two over each other, at any width', () =>
    visit([INSTRUCTOR, `/courses/${COURSE._id}?period=365`], {}, async (page) => {
      for (const width of [1_280, 800, 500, 320]) {
        await page.setViewportSize({ width, height: 700 });
        await page.waitForFunction(areApart, '.chart .axis:last-of-type text', { polling: 100 });
      }
    }));

  it('puts what it draws within its edges, and each name at its place, in languages of long names', async () => {
    for (const [where, locale] of [
      [PAGES.courses, 'de'],
      [PAGES.course, 'de'],
      [PAGES.learning, 'de'],
      [PAGES.learning, 'ar'],
    ] as const) {
      await visit(where, { locale, ...NARROW }, async (page) => {
        expect(await page.evaluate(isWithinScreen)).toBe(true);
        expect(await page.evaluate(outsideTheirChart)).toEqual([]);
        expect(await page.evaluate(besideTheirTick)).toEqual([]);
      });
    }
  });

  it('tells by a tap what lies under the finger, and not the first day', async () => {
    const touch = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };
    await visit(PAGES.course, touch, async (page) => {
      await tapDay(page, panel(page, 'Active learners'));
      await page.getByRole('link', { name: /^Watch time/ }).tap();
      await tapDay(page, panel(page, 'Watch time'));
      const times = panel(page, 'Time to complete');
      await times.locator('.bar').nth(5).tap({ force: true });
      expect(await times.getByRole('slider').getAttribute('aria-valuenow')).toBe('5');
    });
    await visit(PAGES.learning, touch, async (page) => {
      await tapDay(page, panel(page, 'Day by day'));
      const year = panel(page, 'Your year');
      const months = await year
        .locator('text.month', { hasText: /[a-z]{2}/ })
        .evaluateAll((names) =>
          names.map((name) => name.getBoundingClientRect().toJSON() as DOMRect),
        );
      const touching = months.filter(({ top, left }) =>
        months.some((one) => one.top === top && one.left < left && left < one.right + 4),
      );
      expect([touching.length, months.length > 8]).toEqual([0, true]);
      await year.locator('rect.day').nth(300).tap();
      expect(await year.getByRole('slider').getAttribute('aria-valuenow')).toBe('300');
    });
  });

  it('says of how many days half of the learners took, and draws it there', () =>
    visit(PAGES.course, {}, async (page) => {
      const times = panel(page, 'Time to complete');
      expect(await times.locator('.readout').innerText()).toBe('Learners by the days they took');
      const [, days] = /half: (\d+) days/.exec((await times.locator('.mark').textContent())!)!;
      const names = await times.locator('.axis').last().locator('text').allTextContents();
      expect(names.at(-1)).toMatch(/^\d+ days$/);
      const places = await times
        .locator('.axis')
        .last()
        .locator('line')
        .evaluateAll((lines) => lines.map((line) => Number(line.getAttribute('x1'))));
      const [first, last] = [Number(names[0]), parseInt(names.at(-1)!, 10)];
      const pixels = (places.at(-1)! - places[0]!) / (last - first);
      const mark = await times.locator('.mark').getAttribute('transform');
      const at = Number(/[\d.]+/.exec(mark!)![0]);
      expect(at).toBeCloseTo(places[0]! + (Number(days) - first) * pixels, 3);
    }));

  it('tells the whole name and the figures of each row on the narrowest screen, still as a table', async () => {
    for (const where of [PAGES.courses, PAGES.course, PAGES['at-risk']]) {
      await visit(where, NARROW, async (page) => {
        const table = page.locator('table.named');
        expect(await table.locator('data').count()).toBeGreaterThan(20);
        expect(await table.locator('data').evaluateAll(beyondTheEdge)).toEqual([]);
        const cut = await table
          .locator('.title')
          .evaluateAll((titles) =>
            titles
              .filter((one) => one.scrollHeight > one.clientHeight)
              .map((one) => one.textContent),
          );
        expect(cut.filter((title) => !title.startsWith('<img'))).toEqual([]);
        expect(await page.getByRole('columnheader').count()).toBeGreaterThan(4);
        for (const toggle of await page.getByRole('button', { name: 'Table' }).all()) {
          await toggle.click();
        }
        // Days have no name to stand above them: their figures wrap what they are called.
        const days = panel(page, 'Active learners').locator('data');
        expect(await days.evaluateAll(beyondTheEdge)).toEqual([]);
        // Of one of them: the roles are the same, and looking takes seconds.
        if (where === PAGES.course) expect(await violations(page)).toEqual([]);
      });
    }
  });

  it('shows every day of a year, tells which are not known, and what its colours are', () =>
    visit(PAGES.learning, NARROW, async (page) => {
      const year = panel(page, 'Your year');
      const readout = year.locator('.readout');
      expect((await readout.innerText()).split(/\s*\n\s*/)).toEqual(['less', 'more', 'not known']);
      const cells = year.locator('rect.day');
      expect(await cells.count()).toBe(365);
      expect(await cells.evaluateAll(beyondTheEdge)).toEqual([]);
      const unknown = await year.locator('rect.unknown').count();
      expect(unknown).toBeGreaterThan(200);
      // In two parts, one below the other: a cell of each tells its day.
      for (const [index, isKnown] of [
        [0, false],
        [unknown - 1, false],
        [unknown, true],
        [364, true],
      ] as const) {
        await cells.nth(index).hover();
        expect(await readout.innerText()).toMatch(isKnown ? /: \d+(\.\d+)? \w+$/ : /: not known$/);
      }
      const days = await year.locator('text', { hasText: /^[A-Z]$/ }).allTextContents();
      expect(days).toEqual(['M', 'W', 'F', 'M', 'W', 'F']);
    }));

  it('says of what is hidden of a wide table on a narrow screen, which keys reach too', () =>
    visit(PAGES.course, NARROW, async (page) => {
      const table = page.getByRole('group', { name: 'Cohorts' });
      const frame = page.locator('.table-frame', { has: page.locator('.cohorts') });
      const edges = () => frame.getAttribute('class');
      expect(await edges()).toBe('table-frame more-after');
      await table.focus();
      await page.keyboard.press('End');
      await table.evaluate((element) => element.scrollTo({ left: 9_999 }));
      await page.locator('.more-before:not(.more-after) .cohorts').waitFor();
      // What a row is of stays in view.
      expect(await frame.locator('tr > :first-child').evaluateAll(beyondTheEdge)).toEqual([]);
      await page.setViewportSize({ width: 1_280, height: 700 });
      await page.locator('.table-frame:not(.more-before, .more-after) .cohorts').waitFor();
      expect(await table.getAttribute('tabindex')).toBeNull();
    }));

  it('keeps the parts of its head apart on the narrowest screen', () =>
    visit(PAGES.platform, NARROW, async (page) => {
      const parts = '.top nav a, .top .freshness, .top .key';
      expect(await page.evaluate(areApart, parts)).toBe(true);
      // Four figures stand in full rows: three and one leave a hole.
      for (const width of [320, 641, 768, 900, 1_280]) {
        await page.setViewportSize({ width, height: 700 });
        expect(await page.evaluate(inRows, '.fact')).toEqual(width < 832 ? [2, 2] : [4]);
      }
    }));

  it('breaks no rule of its policy', () => expect(stage.complaints).toEqual([]));
});

/** Touches a chart above a name of its later days, which it then tells. */
async function tapDay(page: Page, chart: Locator): Promise<void> {
  const slider = chart.getByRole('slider');
  await slider.scrollIntoViewIfNeeded();
  const names = chart.locator('.axis').last().locator('text');
  const name = names.nth(Math.floor((await names.count()) * 0.7));
  const [below, drawn] = [(await name.boundingBox())!, (await slider.boundingBox())!];
  await page.touchscreen.tap(below.x + below.width / 2, drawn.y + drawn.height / 2);
  await chart.locator('.readout', { hasText: (await name.textContent())! }).waitFor();
}
