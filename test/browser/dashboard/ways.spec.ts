import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { signToken } from '../../support/tokens.ts';
import { hasBrowser } from '../harness/browser.ts';
import { PAGES } from './pages.ts';
import { ADMINISTRATOR, COURSE, DEVOTED, IDLE, INSTRUCTOR } from './past/catalogue.ts';
import { panel } from './read-page.ts';
import { DashboardStage, PATH, settled } from './stage.ts';

const AT_RISK = 'Silent for 14 days or more';

describe.skipIf(!hasBrowser())('a reader of the dashboard finds the way', () => {
  let stage: DashboardStage;
  beforeAll(async () => {
    stage = await DashboardStage.open();
  });
  afterAll(() => stage.close());

  const courseHeading = (page: Page) => page.getByRole('heading', { level: 1, name: COURSE.title });
  const focused = (page: Page) =>
    page.evaluate(() => document.activeElement!.textContent ?? document.activeElement!.tagName);

  it('into another tab, and back into one that was reloaded, while a tab is signed in', async () => {
    const first = await stage.visit(...PAGES.courses);
    const context = first.context();
    const opened = context.waitForEvent('page');
    await first.getByRole('link', { name: COURSE.title }).click({ modifiers: ['ControlOrMeta'] });
    const second = await opened;
    await courseHeading(second).waitFor();
    await second.reload();
    await courseHeading(second).waitFor();
    const shared = await context.newPage();
    await shared.goto(`${stage.service.origin}${PATH}/courses/${COURSE._id}?period=7`);
    await courseHeading(shared).waitFor();
    const kept = await shared.evaluate(() => [localStorage.length, sessionStorage.length]);
    expect([...kept, await shared.evaluate(() => document.cookie)]).toEqual([0, 0, '']);
    await context.close();
  });

  it('into the account of the tab that was used last, where tabs have several', async () => {
    const instructor = await stage.visit(...PAGES.courses);
    const context = instructor.context();
    const administrator = await context.newPage();
    await stage.go(administrator, ADMINISTRATOR, '/platform');
    await settled(administrator);
    await instructor.bringToFront();
    const opened = context.waitForEvent('page');
    await instructor
      .getByRole('link', { name: 'My learning' })
      .click({ modifiers: ['ControlOrMeta'] });
    const learning = await opened;
    await learning.getByRole('heading', { level: 1, name: 'My learning' }).waitFor();
    expect(await learning.getByRole('link', { name: 'Platform' }).count()).toBe(0);
    await context.close();
  });

  it('on with the page that was open, as soon as any tab is signed in again', async () => {
    const page = await stage.visit(...PAGES.course);
    await page.reload();
    await page.getByText('This tab then goes on where it was.').waitFor();
    const other = await page.context().newPage();
    await stage.go(other, INSTRUCTOR, '');
    await courseHeading(page).waitFor();
    // A sign-in that has ended is not taken over by somebody else.
    await page.goto('about:blank');
    const exp = Math.floor(Date.now() / 1_000) - 1;
    const past = await signToken({ sub: INSTRUCTOR.id, role: 'instructor', exp });
    await page.goto(`${stage.service.origin}${PATH}/courses#token=${past}`);
    await page.getByText('Your sign-in has ended.').waitFor();
    await stage.go(other, DEVOTED, '/learning');
    await settled(other);
    expect(await page.getByRole('heading', { name: 'Sign in' }).count()).toBe(1);
    await page.context().close();
  });

  it('in, on a device whose clock is hours ahead', async () => {
    const page = await stage.newPage();
    await page.clock.install({ time: Date.now() + 7_200_000 });
    const exp = Math.floor(Date.now() / 1_000) + 600;
    const token = await signToken({ sub: INSTRUCTOR.id, role: 'instructor', exp });
    await page.goto(`${stage.service.origin}${PATH}/courses#token=${token}`);
    const course = page.getByRole('link', { name: COURSE.title });
    await course.waitFor();
    await page.clock.fastForward(60_000);
    expect(await course.count()).toBe(1);
    await page.clock.fastForward(600_000);
    await page.getByText('Your sign-in has ended.').waitFor();
    await page.context().close();
  });

  it('past what stands on every page: the first Tab leads there, and another page is read from its heading', async () => {
    const page = await stage.visit(...PAGES.courses);
    await page.keyboard.press('Tab');
    expect(await focused(page)).toBe('Skip to the figures');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    expect(
      await page.evaluate(() => document.activeElement!.closest('main') !== null),
      'the focus is in the page',
    ).toBe(true);
    await page.getByRole('link', { name: COURSE.title }).focus();
    await page.keyboard.press('Enter');
    await courseHeading(page).waitFor();
    await settled(page);
    expect(await focused(page)).toBe(COURSE.title);
    await page.context().close();
  });

  it('through a long list and back, and sees where in it one is', async () => {
    const permissions = ['clipboard-read', 'clipboard-write'];
    const [person, path] = PAGES['at-risk'];
    const page = await stage.visit(person, path, { permissions });
    const list = panel(page, AT_RISK);
    const ids = () =>
      list
        .locator('tbody tr td:first-child data')
        .evaluateAll((cells) => cells.map((cell) => cell.getAttribute('value')!));
    const [, total] = /^([\d,]+) learners have not/.exec(
      await list.locator('.sentence').innerText(),
    )!;
    const first = await ids();
    await list.getByText(`1–50 of ${total}`, { exact: true }).waitFor();
    expect(await list.getByRole('link', { name: 'Previous page' }).count()).toBe(0);
    await list.getByRole('button', { name: 'Copy the ids of this page' }).click();
    await list.getByText('Copied').first().waitFor();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(first.join('\n'));

    for (const where of [`51–100 of ${total}`, `101–`]) {
      await list.getByRole('link', { name: 'Next page' }).click();
      await list.getByText(where).waitFor();
    }
    expect(await focused(page)).toBe(AT_RISK);
    expect((await list.boundingBox())!.y).toBeGreaterThan(-50);
    await list.getByRole('link', { name: 'Previous page' }).click();
    await list.getByText(`51–100 of ${total}`).waitFor();
    await settled(page);
    const second = await ids();
    expect(second).not.toEqual(first);
    await page.goBack();
    await list.getByText('101–').waitFor();
    await page.goForward();
    await list.getByText('51–100').waitFor();
    await settled(page);
    expect(await ids()).toEqual(second);
    await list.getByRole('link', { name: 'Previous page' }).click();
    await list.getByText('1–50').waitFor();
    await settled(page);
    expect(await ids()).toEqual(first);
    expect(new URL(page.url()).search).toBe('');
    await page.context().close();
  });

  it('to the first rows, where an address has a place in a list that is somebody else’s', async () => {
    const [person, path] = PAGES['at-risk'];
    const page = await stage.visit(person, `${path}?after=bm9uZQ`);
    await panel(page, AT_RISK).getByText('1–50').waitFor();
    expect(await page.getByRole('alert').count()).toBe(0);
    await page.context().close();
  });

  it('out of a page that is not theirs', async () => {
    const learner = await stage.visit(DEVOTED, '/courses');
    expect(await learner.getByRole('alert').innerText()).toMatch(
      /not open to you, or its address is mistyped\. Ask an administrator/,
    );
    await learner.getByRole('link', { name: 'To the beginning' }).click();
    await learner.getByRole('heading', { level: 1, name: 'My learning' }).waitFor();
    await learner.context().close();

    const mistyped = await stage.visit(INSTRUCTOR, '/courses/of-nobody');
    await mistyped.getByRole('heading', { level: 1, name: 'You cannot see this page' }).waitFor();
    expect(await mistyped.getByRole('alert').innerText()).toContain('or its address is mistyped');
    await mistyped.context().close();
  });

  it('back from a course to where they see courses', async () => {
    const administrator = await stage.visit(ADMINISTRATOR, '/courses');
    await administrator.getByText('You teach no course yourself.').waitFor();
    expect(await administrator.getByRole('navigation', { name: 'Order' }).count()).toBe(0);
    await panel(administrator, 'Courses').getByRole('link', { name: 'Platform' }).click();
    const platform = administrator.getByRole('heading', { level: 1, name: 'Platform' });
    await platform.waitFor();
    await panel(administrator, 'Top courses').getByRole('link', { name: COURSE.title }).click();
    await courseHeading(administrator).waitFor();
    expect(await administrator.locator('.top [aria-current]').innerText()).toBe('Platform');
    await administrator.locator('a.above').click();
    await platform.waitFor();
    await administrator.context().close();

    const instructor = await stage.visit({ id: IDLE[0]!.id, role: 'instructor' }, '/courses');
    await instructor.getByText('You teach no course yet.').waitFor();
    await instructor.context().close();

    const teaching = await stage.visit(...PAGES.course);
    expect(await teaching.locator('.top [aria-current]').innerText()).toBe('My courses');
    await teaching.locator('a.above').click();
    await teaching.getByRole('heading', { level: 1, name: 'My courses' }).waitFor();
    await teaching.getByRole('navigation', { name: 'Order' }).waitFor();
    await teaching.context().close();
  });

  it('on in a lesson, and sees of which course it is', async () => {
    const page = await stage.visit(...PAGES.learning);
    const [next] = await panel(page, 'Continue where you were').locator('li').allInnerTexts();
    expect(next).toContain(COURSE.title);
    await page.context().close();
  });

  it('breaks no rule of its policy', () => expect(stage.complaints).toEqual([]));
});
