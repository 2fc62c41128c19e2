import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Browser, closeBrowser, failing, heard, recorded } from './page.ts';

let browser: Browser;
beforeEach(() => void (browser = new Browser()));
afterEach(closeBrowser);

const sending = 'progress-player:send:learner';
const lockOf = (session: string) => `progress-player:session:${session}`;

describe('a page that is left', () => {
  it('sends what it has before its event is over, and once', async () => {
    const { medium } = browser.open({ flushSeconds: 3_600 });
    await medium.play();
    await browser.pass(10);
    browser.hide();
    expect(browser.watched).toMatchObject([{ keepalive: true, input: { beats: [{ to: 10 }] } }]);
    browser.fire('pagehide');
    expect(browser.watched).toHaveLength(1);
    await browser.pass(40);
    expect(browser.beats.filter(({ from }) => from === 0)).toHaveLength(1);
  });

  it('sends again what was not answered', async () => {
    const { player, medium } = browser.open({ flushSeconds: 3_600 });
    await medium.play();
    await browser.pass(10);
    browser.answer = () => failing('SERVICE_UNAVAILABLE', {}, 503);
    browser.hide();
    await browser.pass(0);
    browser.answer = (sent) => recorded(sent);
    await browser.pass(5);
    expect(browser.beats.filter(({ from }) => from === 0)).toHaveLength(2);
    const [first, second] = browser.beats;
    expect(second).toEqual(first);
    medium.pause();
    await browser.pass(1);
    expect(await browser.soon(player.pending())).toBe(0);
  });

  it('sends no more than a browser takes of such requests: the rest waits', async () => {
    browser.answer = () => failing('SERVICE_UNAVAILABLE', {}, 503);
    const tabs = [browser.open(), browser.open({ lessonId: 'other' })];
    for (const { medium } of tabs) {
      await medium.play();
      for (let seeks = 0; seeks < 300; seeks += 1) {
        await vi.advanceTimersByTimeAsync(2_100);
        medium.currentTime = seeks % 500;
      }
    }
    await browser.pass(1);
    const before = browser.watched.length;
    browser.hide();
    const bytes = browser.watched
      .slice(before)
      .map(({ query, input }) => JSON.stringify({ query, variables: { input } }).length);
    expect(bytes.length).toBeGreaterThan(0);
    expect(bytes.reduce((sum, one) => sum + one, 0)).toBeLessThanOrEqual(60_000);
  });

  it('begins another session when it is there again', async () => {
    const { medium } = browser.open({ session: 'before' });
    await medium.play();
    await browser.pass(10);
    browser.fire('pagehide');
    await browser.pass(0);
    expect(browser.locksHeld).toEqual([]);
    browser.fire('pageshow', { persisted: true });
    await browser.pass(30);
    expect(browser.locksHeld).toEqual([expect.not.stringContaining('before')]);
    medium.pause();
    await browser.pass(1);
    expect(new Set(browser.watched.map(({ input }) => input.sessionId)).size).toBe(2);
    const seconds = browser.beats.flatMap(({ from, to }) =>
      Array.from({ length: to - from }, (_, index) => from + index),
    );
    expect(seconds).toEqual(Array.from({ length: seconds.length }, (_, index) => index));
  });
});

describe('what a tab leaves behind', () => {
  it('is sent by the next one: also the beat that was open when the tab crashed', async () => {
    const dead = browser.open({ flushSeconds: 3_600, session: 'dead' });
    await dead.medium.play();
    await browser.pass(40);
    vi.clearAllTimers();
    const { player } = browser.open({}, undefined);
    await browser.pass(1);
    expect(browser.beats.map(({ from, to }) => [from, to])).toEqual([[0, 30]]);
    browser.releaseLock(lockOf('dead'));
    await browser.soon(player.flush());
    expect(browser.beats.map(({ from, to }) => [from, to])).toEqual([
      [0, 30],
      [30, 40],
    ]);
  });

  it('is not sent for another learner: it waits for the one who watched', async () => {
    const dead = browser.open({ flushSeconds: 3_600, session: 'dead' });
    await dead.medium.play();
    await browser.pass(40);
    vi.clearAllTimers();
    browser.releaseLock(lockOf('dead'));
    const { player } = browser.open({ userId: 'somebody' });
    await browser.soon(player.flush());
    expect(await browser.soon(player.pending())).toBe(0);
    expect(browser.watched).toEqual([]);
  });

  it('is given up when it is older than the service takes it, and that is told', async () => {
    const dead = browser.open({ flushSeconds: 3_600, session: 'dead' });
    await dead.medium.play();
    await browser.pass(40);
    vi.clearAllTimers();
    vi.setSystemTime(Date.now() + 8 * 86_400_000);
    const { player } = browser.open();
    const dropped = heard(player, 'dropped');
    await browser.pass(1);
    expect(dropped).toMatchObject([{ reason: 'EXPIRED' }]);
    expect(await browser.soon(player.pending())).toBe(0);
  });
});

describe('tabs of one learner', () => {
  it('make one request at a time, and hear what became of their beats', async () => {
    const tabs = Array.from({ length: 8 }, (_, tab) => browser.open({ session: `tab-${tab}` }));
    for (const { medium } of tabs) await medium.play();
    const told = tabs.map(({ player }) => heard(player, 'answer'));
    await browser.pass(100);
    expect(browser.mostUnderWay).toBe(1);
    expect(browser.sent.length).toBeLessThan(50);
    tabs.forEach((_, index) => {
      const own = browser.watched.filter(({ input }) => input.sessionId === `tab-${index}`);
      expect(own.length).toBeGreaterThan(0);
      expect(told[index]).toHaveLength(own.flatMap(({ input }) => input.beats).length);
    });
  });

  it('wait together when the service asks for it', async () => {
    const tabs = Array.from({ length: 8 }, () => browser.open());
    for (const { medium } of tabs) await medium.play();
    browser.answer = () => failing('RATE_LIMITED', { retryAfterSeconds: 60 }, 429);
    await browser.pass(110);
    expect(browser.watched.length).toBeLessThanOrEqual(2);
  });

  it('take over from one that is frozen, after a minute without a word', async () => {
    const { player, medium } = browser.open();
    browser.holdLock(sending);
    await medium.play();
    await browser.pass(62);
    expect(browser.watched).toEqual([]);
    await browser.pass(40);
    expect(browser.watched.length).toBeGreaterThan(0);
    medium.pause();
    await browser.pass(1);
    expect(await browser.soon(player.pending())).toBe(0);
  });

  it('play one at a time, if they are exclusive', async () => {
    const [first, second] = [browser.open({ exclusive: true }), browser.open({ exclusive: true })];
    await first.medium.play();
    await browser.pass(1);
    await second.medium.play();
    await browser.pass(1);
    expect([first.medium.paused, second.medium.paused]).toEqual([true, false]);
  });
});
