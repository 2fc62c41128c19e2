import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Browser, closeBrowser, failing, heard, json, recorded } from './page.ts';

let browser: Browser;
beforeEach(() => void (browser = new Browser()));
afterEach(closeBrowser);

/** A player that has played so many seconds, and whose beats wait. */
async function played(seconds: number, options = {}) {
  const tab = browser.open({ flushSeconds: 3_600, ...options });
  await tab.medium.play();
  await browser.pass(seconds);
  return tab;
}

describe('what is played', () => {
  it('arrives as beats of whole seconds, dated three seconds into the past, and is gone from the device', async () => {
    const { player, medium } = await played(40);
    const answers = heard(player, 'answer');
    const progress = heard(player, 'progress');
    medium.pause();
    await browser.pass(5);
    expect(browser.beats.map(({ seq, from, to }) => [seq, from, to])).toEqual([
      [0, 0, 30],
      [1, 30, 40],
      [2, 40, 40],
    ]);
    const [first, second] = browser.beats.map(({ at }) => Date.parse(at));
    expect(second! - first!).toBe(10_000);
    const late = Date.UTC(2026, 2, 1, 12, 0, 30) - first!;
    expect(late).toBeGreaterThanOrEqual(3_000);
    expect(late).toBeLessThan(5_000);
    expect(answers).toHaveLength(3);
    expect(progress).toMatchObject([{ position_seconds: 40 }]);
    expect(await browser.soon(player.pending())).toBe(0);
  });

  it('is completed once, when the service says so', async () => {
    const { player } = await played(10);
    const completed = heard(player, 'completed');
    browser.answer = (sent) => recorded(sent, { completed: true });
    browser.hide();
    await browser.pass(40);
    await browser.soon(player.flush());
    expect(completed).toHaveLength(1);
  });
});

describe('an answer', () => {
  it.each(['COUNTED', 'CLIPPED', 'DUPLICATE', 'REJECTED'])(
    '%s removes its beat',
    async (result) => {
      const { player, medium } = await played(10);
      const answers = heard(player, 'answer');
      browser.answer = (sent) => recorded(sent, { result });
      medium.pause();
      await browser.pass(1);
      expect(answers).toMatchObject([{ result }, { result }]);
      expect(await browser.soon(player.pending())).toBe(0);
    },
  );

  it('IN_THE_FUTURE teaches the clock: the beat is sent again under another time', async () => {
    const { player, medium } = await played(10);
    const behind = 3_600_000;
    browser.answer = (sent) => {
      const at = Date.now() - behind;
      const isEarly = Date.parse(sent.input.beats[0]!.at) > at;
      return recorded(sent, {
        at,
        ...(isEarly && { result: 'REJECTED', reason: 'IN_THE_FUTURE' }),
      });
    };
    medium.pause();
    await browser.pass(5);
    const [early, later] = browser.watched.map(({ input }) => Date.parse(input.beats[0]!.at));
    expect(early! - later!).toBeGreaterThan(behind - 5_000);
    expect(await browser.soon(player.pending())).toBe(0);
  });

  it.each(['Thu, 01 Jan 1970 00:00:01 GMT', 'Tue, 01 Jan 2069 00:00:00 GMT', 'soon'])(
    'from behind a gateway whose clock says %s loses nothing',
    async (date) => {
      browser.date = date;
      const { player, medium } = await played(10);
      browser.answer = (sent) => {
        const early = Date.parse(sent.input.beats[0]!.at) - Date.now();
        if (early > 60_000) return recorded(sent, { result: 'REJECTED', reason: 'IN_THE_FUTURE' });
        const isOld = early < -7 * 86_400_000;
        return recorded(sent, isOld ? { result: 'REJECTED', reason: 'TOO_OLD' } : {});
      };
      const answers = heard(player, 'answer') as { result: string }[];
      medium.pause();
      await browser.pass(5);
      expect(answers.filter(({ result }) => result === 'COUNTED')).toHaveLength(2);
      expect(await browser.soon(player.pending())).toBe(0);
    },
  );

  it.each(['SESSION_TOO_FRAGMENTED', 'SESSION_REUSED'])(
    '%s sends the same beats in another session',
    async (reason) => {
      const { player, medium } = await played(10, { session: 'refused' });
      browser.answer = (sent) =>
        recorded(sent, sent.input.sessionId === 'refused' ? { result: 'REJECTED', reason } : {});
      medium.pause();
      await browser.pass(5);
      const [first, second] = browser.watched;
      expect(second!.input.sessionId).not.toBe('refused');
      expect(second!.input.beats.map(({ from, to }) => [from, to])).toEqual(
        first!.input.beats.map(({ from, to }) => [from, to]),
      );
      expect(await browser.soon(player.pending())).toBe(0);
    },
  );

  it.each(['FORBIDDEN', 'NOT_FOUND'])('%s drops the beats, and says so', async (code) => {
    const { player, medium } = await played(10);
    const dropped = heard(player, 'dropped');
    browser.answer = () => failing(code);
    medium.pause();
    await browser.pass(60);
    expect(browser.watched).toHaveLength(1);
    expect(dropped).toMatchObject([{ reason: code, beats: [{ from: 0, to: 10 }, { from: 10 }] }]);
    expect(await browser.soon(player.pending())).toBe(0);
  });

  it.each([
    ['BAD_USER_INPUT', () => failing('BAD_USER_INPUT')],
    ['status 413', () => new Response('too large', { status: 413 })],
  ])('%s is sent in halves, until the one beat is dropped that is at fault', async (_, refuse) => {
    const { player } = await played(0);
    const dropped = heard(player, 'dropped') as { beats: { seq: number }[] }[];
    browser.answer = (sent) =>
      sent.input.beats.some(({ seq }) => seq === 3) ? refuse() : recorded(sent);
    await browser.pass(200);
    await browser.soon(player.flush());
    expect(dropped.map(({ beats }) => beats.map(({ seq }) => seq))).toEqual([[3]]);
    const counted = new Set(browser.beats.map(({ seq }) => seq));
    expect([...counted].sort()).toEqual([0, 1, 2, 3, 4, 5]);
  });

  it.each([
    ['a document that is not known drops nothing: the service is older', 'BAD_USER_INPUT', 200],
    ['an address where there is no service drops nothing', 'NOT_FOUND', 404],
    ['a gateway that lets nobody in drops nothing', 'FORBIDDEN', 403],
  ])('%s', async (_, code, status) => {
    const { player, medium } = await played(10);
    browser.answer = () => json({ errors: [{ extensions: { code } }] }, status);
    medium.pause();
    await browser.pass(3);
    expect(await browser.soon(player.pending())).toBe(2);
    browser.answer = (sent) => recorded(sent);
    await browser.pass(60);
    expect(await browser.soon(player.pending())).toBe(0);
  });

  it.each([
    ['no network', () => Promise.reject(new TypeError('Failed to fetch'))],
    ['SERVICE_UNAVAILABLE', () => failing('SERVICE_UNAVAILABLE', {}, 503)],
    ['INTERNAL_SERVER_ERROR', () => failing('INTERNAL_SERVER_ERROR')],
    ['a page of a gateway', () => new Response('<html>', { status: 502 })],
  ])('%s keeps the beats, and waits longer each time', async (_, fail) => {
    const { player, medium } = await played(10);
    browser.answer = fail;
    medium.pause();
    await browser.pass(20);
    const tries = browser.watched.length;
    expect(tries).toBeGreaterThanOrEqual(3);
    expect(tries).toBeLessThanOrEqual(5);
    browser.answer = (sent) => recorded(sent);
    await browser.pass(60);
    expect(await browser.soon(player.pending())).toBe(0);
    const [first, ...again] = browser.watched.map(({ input }) => input.beats);
    for (const beats of again) expect(beats).toEqual(first);
  });

  it('RATE_LIMITED is repeated when the service says', async () => {
    const { medium } = await played(10);
    browser.answer = () => failing('RATE_LIMITED', { retryAfterSeconds: 30 }, 429);
    medium.pause();
    await browser.pass(29);
    expect(browser.watched).toHaveLength(1);
    await browser.pass(10);
    expect(browser.watched).toHaveLength(2);
  });

  it('UNAUTHENTICATED asks for a new token once, then waits for a sign-in', async () => {
    const wishes: boolean[] = [];
    const { player, medium } = await played(10, {
      getToken: ({ refresh }: { refresh: boolean }) => (wishes.push(refresh), `${refresh}`),
    });
    const auth = heard(player, 'auth');
    browser.answer = () => failing('UNAUTHENTICATED', {}, 401);
    wishes.length = 0;
    medium.pause();
    await browser.pass(30);
    expect(browser.watched.map(({ token }) => token)).toEqual(['false', 'true']);
    expect(auth).toHaveLength(1);
    browser.answer = (sent) => recorded(sent);
    await browser.soon(player.flush());
    expect(await browser.soon(player.pending())).toBe(0);
  });
});
