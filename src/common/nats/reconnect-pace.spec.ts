import { afterEach, describe, expect, it, vi } from 'vitest';
import { reconnectPace } from './reconnect-pace.js';

const WAIT_MS = 500;
const [a, b] = ['a:4222', 'b:4222'].map((listen) => ({ listen })) as [never, never];

afterEach(() => void vi.useRealTimers());

const delaysOf = ({ reconnectToServer }: ReturnType<typeof reconnectPace>) => {
  const next = (server: never) =>
    (reconnectToServer!([server], null) as unknown as { delay: number }).delay;
  return next;
};

describe('the pause between two attempts to connect to NATS', () => {
  it('is none before the first attempt at each server', () => {
    const delay = delaysOf(reconnectPace(WAIT_MS, () => 0));
    expect([delay(a), delay(b)]).toEqual([0, 0]);
    expect(delay(a)).toBeGreaterThan(WAIT_MS - 100);
  });

  it('is jittered by up to half of it', () => {
    const delay = delaysOf(reconnectPace(WAIT_MS, () => 1));
    delay(a);
    expect(delay(a)).toBeGreaterThan(WAIT_MS * 1.5 - 100);
  });

  it.each([-3_600_000, 86_400_000])('is the same when the clock is set by %i ms', (by) => {
    vi.useFakeTimers({ toFake: ['Date'] });
    const pace = reconnectPace(WAIT_MS, () => 0);
    const delay = delaysOf(pace);
    delay(a);
    vi.setSystemTime(Date.now() + by);
    const pause = delay(a);
    expect(pause).toBeGreaterThan(WAIT_MS - 100);
    expect(pause).toBeLessThanOrEqual(WAIT_MS);
    // What the client adds to the time of the last attempt, to compare the sum with its clock.
    expect(pace.reconnectDelayHandler!()).toBe(-Infinity);
  });
});
