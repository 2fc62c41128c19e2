import { createElement, StrictMode } from 'react';
import { createRoot, type Root } from 'react-dom/client';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { useProgress, type LessonProgress } from '../src/adapters/react.js';
import { FakeMedium } from '../src/testing/index.js';
import { Browser, closeBrowser, json, recorded } from './page.ts';

let browser: Browser;
let root: Root;
/** What the component shows, and the element that React has put into its ref. */
let shown: LessonProgress;
const film: { current: FakeMedium | null } = { current: null };

/** As much of an element as React asks for to render nothing into it. */
const nowhere = (): Element => {
  const node = (more: object) =>
    Object.assign(new EventTarget(), { nodeName: 'X', tagName: 'X', textContent: '' }, more);
  const defaultView = Object.assign(window, { HTMLIFrameElement: class {} });
  const ownerDocument = node({ nodeType: 9, activeElement: null, defaultView });
  return node({ nodeType: 1, ownerDocument, contains: () => false }) as never;
};

beforeEach(() => {
  browser = new Browser();
  film.current = null;
  root = createRoot(nowhere());
});
afterEach(async () => {
  root.unmount();
  await browser.pass(1);
  closeBrowser();
});

interface Lesson {
  lessonId?: string;
  token?: string;
}

function Page({ lessonId = 'lesson', token = 'token' }: Lesson): null {
  const lesson = { endpoint: '/graphql', userId: 'learner', courseId: 'course', lessonId };
  shown = useProgress(film, { ...lesson, getToken: () => token });
  return null;
}

const render = async (lesson: Lesson = {}): Promise<void> => {
  root.render(createElement(StrictMode, null, createElement(Page, lesson)));
  await browser.pass(1);
};
const element = (): FakeMedium => (film.current = new FakeMedium({ duration: 600 }));
const stretches = () =>
  browser.watched.flatMap(({ input: { lessonId, beats } }) =>
    beats.map(({ from, to }) => [lessonId, from, to]),
  );

it('a component records its video, shows the progress, and sends the rest when it is gone', async () => {
  const video = element();
  await render();
  expect(shown.handle).toBeDefined();
  await video.play();
  await browser.pass(10);
  video.pause();
  await browser.pass(1);
  expect(shown.progress).toMatchObject({ position_seconds: 10 });
  await video.play();
  await browser.pass(5);
  root.unmount();
  await browser.pass(1);
  expect(stretches()).toEqual([
    ['lesson', 0, 10],
    ['lesson', 10, 10],
    ['lesson', 10, expect.any(Number)],
  ]);
  expect(browser.locksHeld).toEqual([]);
});

it('a video that is there later is recorded, and so is another element in its place', async () => {
  await render();
  expect(shown).toEqual({ handle: undefined, progress: undefined });
  for (const { from } of [{ from: 0 }, { from: 100 }]) {
    const video = element();
    video.currentTime = from;
    await render();
    await video.play();
    await browser.pass(10);
    video.pause();
    await browser.pass(1);
    expect(stretches()).toContainEqual(['lesson', from, from + 10]);
  }
  film.current = null;
  await render();
  expect(shown).toEqual({ handle: undefined, progress: undefined });
});

it('the next lesson is not shown with what the one before was answered last', async () => {
  const video = element();
  await render();
  await video.play();
  await browser.pass(5);
  browser.answer = (sent) =>
    sent.query.includes('recordWatch') ? recorded(sent) : json({ data: null });
  const before = shown.handle;
  await render({ lessonId: 'next' });
  expect(stretches()[0]).toEqual(['lesson', 0, expect.any(Number)]);
  expect(shown.progress).toBeUndefined();
  expect(shown.handle).not.toBe(before);
  video.pause();
  await browser.pass(1);
  expect(shown.progress).toMatchObject({ completed: false });
});

it('the token of the last rendering is sent', async () => {
  const video = element();
  await render({ token: 'old' });
  await render({ token: 'new' });
  await video.play();
  await browser.pass(5);
  video.pause();
  await browser.pass(1);
  expect(browser.watched.map(({ token }) => token)).toEqual(['new']);
});
