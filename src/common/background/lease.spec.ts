import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { claimUnderLease, isLeasedFor } from './lease.js';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

async function claimed() {
  const [entry] = await claimUnderLease(10, async () => {
    await vi.advanceTimersByTimeAsync(3_000);
    return [{ id: 'e1', leaseToken: 't1' }];
  });
  return entry!;
}

it('counts a lease from before the claim, since another process may take the entry that early', async () => {
  const entry = await claimed();
  expect(entry).toMatchObject({ id: 'e1', leaseToken: 't1' });
  expect(isLeasedFor(entry, 7_000)).toBe(true);
  expect(isLeasedFor(entry, 7_001)).toBe(false);
});

it('does not follow a wall clock that is set back', async () => {
  const entry = await claimed();
  vi.setSystemTime(0);
  await vi.advanceTimersByTimeAsync(7_001);
  expect(isLeasedFor(entry, 0)).toBe(false);
});
