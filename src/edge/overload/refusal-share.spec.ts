import { beforeEach, describe, expect, it } from 'vitest';
import { waitFor } from '../../../test/for-specs.ts';
import { RefusalShare } from './refusal-share.js';

/** Milliseconds of work. */
function work(milliseconds: number): void {
  const until = performance.now() + milliseconds;
  while (performance.now() < until);
}

describe('refusing', () => {
  let share: RefusalShare;
  let sent: number[];

  const refusal = (number: number, milliseconds: number) => ({
    send: () => {
      work(milliseconds);
      sent.push(number);
    },
  });

  beforeEach(() => {
    share = new RefusalShare();
    sent = [];
  });

  it('is done at once while it takes little of the time', () => {
    for (let number = 0; number < 100; number += 1) share.send(refusal(number, 0.01));
    expect(sent).toHaveLength(100);
  });

  it('leaves most of the time to accepted requests, and forgets nobody', async () => {
    const begun = performance.now();
    for (let number = 0; number < 60; number += 1) share.send(refusal(number, 1));
    expect(sent.length).toBeLessThan(30);
    await waitFor(() => sent.length === 60, { message: 'all are sent' });
    expect(performance.now() - begun).toBeGreaterThan(2 * 60);
    expect(sent).toEqual([...sent].sort((one, other) => one - other));
  });

  it('does not wait for its turn when a connection goes on or ends, or the server closes', () => {
    share.send(refusal(0, 300));
    const [first, second, third] = [1, 2, 3].map((number) => refusal(number, 0));
    for (const one of [first!, second!, third!]) share.send(one);
    expect(sent).toEqual([0]);
    share.sendNow(second!);
    share.sendNow(second!);
    expect(sent).toEqual([0, 2]);
    share.sendAll();
    expect(sent).toEqual([0, 2, 1, 3]);
  });
});
