import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { FakeMedium } from '../src/testing/index.js';
import { Browser, closeBrowser, failing, heard, json, recorded } from './page.ts';

let browser: Browser;
beforeEach(() => void (browser = new Browser()));
afterEach(closeBrowser);

class LateMedium extends FakeMedium {
  override readyState = 0;
}

const known = (position_seconds: number) => {
  const data = { completed: false, position_seconds, unique_seconds: 9, watched: [] };
  browser.answer = (sent) =>
    sent.query.includes('recordWatch')
      ? recorded(sent)
      : json({ data: { userProgressByUserAndLesson: { data } } });
};

it('a lesson goes on where the learner was on another device, and shows its progress', async () => {
  known(123);
  const { player, medium } = browser.open();
  const progress = heard(player, 'progress');
  expect(await browser.soon(player.resume())).toBe(123);
  expect(medium.currentTime).toBe(123);
  expect(progress).toMatchObject([{ position_seconds: 123 }]);
});

it('a lesson that was not begun begins at its start, without a seek', async () => {
  browser.answer = () => failing('NOT_FOUND');
  const { player, medium } = browser.open();
  let seeks = 0;
  medium.addEventListener('seeking', () => (seeks += 1));
  expect(await browser.soon(player.resume())).toBe(0);
  expect(seeks).toBe(0);
});

it('a lesson that was seen to its end begins anew', async () => {
  known(600);
  const { player, medium } = browser.open();
  expect(await browser.soon(player.resume())).toBe(0);
  expect(medium.currentTime).toBe(0);
});

it('offline a lesson goes on where this device was', async () => {
  browser.answer = () => Promise.reject(new TypeError('Failed to fetch'));
  const before = browser.open();
  await before.medium.play();
  await browser.pass(42);
  before.medium.pause();
  await browser.pass(1);
  const { player, medium } = browser.open();
  expect(await browser.soon(player.resume())).toBe(42);
  expect(medium.currentTime).toBe(42);
});

it('a medium that has not loaded is sought as soon as it knows its length', async () => {
  known(123);
  const { player, medium } = browser.open({}, new LateMedium({ duration: 600 }));
  expect(await browser.soon(player.resume())).toBe(123);
  expect(medium.currentTime).toBe(0);
  medium.readyState = 1;
  medium.dispatchEvent(new Event('loadedmetadata'));
  expect(medium.currentTime).toBe(123);
});

it('a player that is detached sends what it has, and records nothing more', async () => {
  const { player, medium } = browser.open();
  await medium.play();
  await browser.pass(10);
  await browser.soon(player.detach());
  await browser.pass(60);
  expect(browser.beats.map(({ from, to }) => [from, to])).toEqual([[0, 10]]);
  expect(browser.locksHeld).toEqual([]);
});

it.each([
  ['until it is answered', 4],
  ['until its medium has loaded', 0],
])('a player that is detached does not seek what plays next, if it waited %s', async (_, state) => {
  known(123);
  const { player, medium } = browser.open({}, new LateMedium({ duration: 600 }));
  medium.readyState = state;
  const position = player.resume();
  if (state === 0) await browser.soon(position);
  await browser.soon(player.detach());
  await browser.soon(position);
  medium.readyState = 4;
  medium.dispatchEvent(new Event('loadedmetadata'));
  expect(medium.currentTime).toBe(0);
});

it('a medium that loads another source before the player is detached keeps its place', async () => {
  const { player, medium } = browser.open();
  await medium.play();
  await browser.pass(10);
  Object.defineProperties(medium, {
    readyState: { value: 0 },
    currentTime: { value: 0 },
    duration: { value: NaN },
    paused: { value: true },
  });
  await browser.soon(player.detach());
  expect(browser.beats.map(({ from, to }) => [from, to])).toEqual([[0, 10]]);
});

it('without a medium it throws, and leaves nothing running', () => {
  expect(() => browser.open({}, null as never)).toThrow(TypeError);
  expect(vi.getTimerCount()).toBe(0);
});
