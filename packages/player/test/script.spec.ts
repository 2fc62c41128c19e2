import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { afterEach, expect, it } from 'vitest';
import type * as module from '../src/index.js';
import { Browser, closeBrowser } from './page.ts';

const BYTES_MAXIMUM = 5_000;
/** For plain pages. It is built before the tests are run. */
const script = readFileSync(new URL('../dist/progress-player.iife.js', import.meta.url), 'utf8');

afterEach(closeBrowser);

it(`the player costs a page no more than ${BYTES_MAXIMUM} bytes`, () => {
  expect(gzipSync(script, { level: 9 }).length).toBeLessThanOrEqual(BYTES_MAXIMUM);
});

it('a plain page has ProgressPlayer.attach, which records as the module does', async () => {
  const browser = new Browser();
  // eslint-disable-next-line @typescript-eslint/no-implied-eval -- as a page runs a script
  const { attach } = new Function(`${script}; return ProgressPlayer;`)() as typeof module;
  const { player, medium } = browser.open({ beatSeconds: 10 }, undefined, attach);
  await medium.play();
  await browser.pass(12);
  browser.hide();
  await browser.pass(12);
  medium.playbackRate = 2;
  await browser.pass(10);
  medium.currentTime = 300;
  await browser.pass(5);
  medium.pause();
  await browser.pass(5);
  browser.fire('pagehide');
  const beats = browser.beats.map(({ from, to, rate }) => [from, to, rate]);
  expect(beats).toEqual([
    [0, 10, 1],
    [10, 12, 1],
    [12, 22, 1],
    [22, 24, 1],
    [24, 44, 2],
    [300, 310, 2],
    [310, 310, 2],
  ]);
  expect(await browser.soon(player.pending())).toBe(0);
  await browser.soon(player.detach());
});
