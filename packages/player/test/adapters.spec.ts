import { afterEach, beforeEach, expect, it } from 'vitest';
import { vimeo } from '../src/adapters/vimeo.js';
import { youtube } from '../src/adapters/youtube.js';
import { Browser, closeBrowser } from './page.ts';

let browser: Browser;
beforeEach(() => void (browser = new Browser()));
afterEach(closeBrowser);

const pieces = () => browser.beats.map(({ from, to, rate }) => [from, to, rate]);

/** A `YT.Player` that plays as fast as the test's clock runs. */
function fakeYouTube() {
  const player = { state: 2, rate: 1, position: 0, since: Date.now() };
  const now = () =>
    player.position +
    (player.state === 1 ? ((Date.now() - player.since) / 1_000) * player.rate : 0);
  const change = (changed: Partial<typeof player>) =>
    Object.assign(player, { position: now(), since: Date.now() }, changed);
  return {
    change,
    api: {
      getCurrentTime: now,
      getDuration: () => 600.4,
      getPlayerState: () => player.state,
      getPlaybackRate: () => player.rate,
      pauseVideo: () => change({ state: 2 }),
      seekTo: (position: number) => change({ position }),
    },
  };
}

it('what YouTube plays is recorded by asking: a large step is a seek', async () => {
  const { api, change } = fakeYouTube();
  const medium = youtube(api);
  browser.open({}, medium as never);
  await browser.pass(1);
  change({ state: 1 });
  await browser.pass(10.5);
  api.seekTo(300);
  await browser.pass(5);
  change({ rate: 2 });
  await browser.pass(5);
  medium.pause();
  await browser.pass(1);
  medium.release();
  expect(pieces().map(([from]) => from)).toEqual([0, 300, expect.any(Number), expect.any(Number)]);
  const [first, second, third] = pieces() as [number, number, number][];
  expect(first![1]).toBeGreaterThanOrEqual(9);
  expect(first![1]).toBeLessThanOrEqual(11);
  expect(second![1]).toBe(third![0]);
  expect(third![2]).toBe(2);
  expect(third![1]).toBeGreaterThanOrEqual(313);
  expect(third![1]).toBeLessThanOrEqual(316);
});

it('what Vimeo says is recorded, and nothing that another frame says', async () => {
  const said: { method: string; value?: unknown }[] = [];
  const contentWindow = { postMessage: (text: string) => said.push(JSON.parse(text) as never) };
  const medium = vimeo({ contentWindow } as never);
  const say = (event: string, data?: object, from: object = contentWindow) =>
    browser.fire('message', {
      origin: 'https://player.vimeo.com',
      source: from,
      data: JSON.stringify({ event, data }),
    });
  browser.open({}, medium as never);
  say('ready');
  expect(said.filter(({ method }) => method === 'addEventListener').length).toBeGreaterThan(5);
  say('timeupdate', { seconds: 0, duration: 100.2 });
  say('play', { seconds: 0, duration: 100.2 });
  for (let quarters = 1; quarters <= 40; quarters += 1) {
    await browser.pass(0.25);
    say('timeupdate', { seconds: quarters / 4, duration: 100.2 });
    say('timeupdate', { seconds: 90, duration: 100.2 }, {});
  }
  say('seeking', { seconds: 50 });
  say('seeked', { seconds: 50 });
  say('timeupdate', { seconds: 50, duration: 100.2 });
  for (let quarters = 1; quarters <= 20; quarters += 1) {
    await browser.pass(0.25);
    say('timeupdate', { seconds: 50 + quarters / 4, duration: 100.2 });
  }
  say('pause', { seconds: 55, duration: 100.2 });
  await browser.pass(1);
  medium.pause();
  medium.currentTime = 20;
  medium.release();
  expect(pieces()).toEqual([
    [0, 10, 1],
    [50, 55, 1],
    [55, 55, 1],
  ]);
  expect(said.slice(-2)).toEqual([{ method: 'pause' }, { method: 'setCurrentTime', value: 20 }]);
});
