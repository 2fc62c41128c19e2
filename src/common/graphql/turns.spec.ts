import { setImmediate } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { Turns } from './turns.js';

it('makes small answers at once', () => {
  const turns = new Turns();
  expect(Array.from({ length: 100 }, () => turns.make(40, () => 'made'))).toEqual(
    Array(100).fill('made'),
  );
});

it('lets the process do other things while it makes a large one, and keeps the order', async () => {
  const turns = new Turns();
  const made: number[] = [];
  const parts = Array.from({ length: 100 }, (_, part) =>
    turns.make(2_000, () => {
      made.push(part);
      return part;
    }),
  );
  const madeByTurn = [made.length];
  while (made.length < 100) {
    await setImmediate();
    madeByTurn.push(made.length);
  }
  expect(madeByTurn.length).toBeGreaterThanOrEqual(20);
  const steps = madeByTurn.map((count, turn) => count - (madeByTurn[turn - 1] ?? 0));
  expect(Math.max(...steps)).toBeLessThanOrEqual(5);
  expect(await Promise.all(parts.map(async (part) => part))).toEqual(made);
  expect(made).toEqual(made.toSorted((one, other) => one - other));
});

it('makes the next answer at once when the turn is over', async () => {
  const turns = new Turns();
  const parts = Array.from({ length: 20 }, () => turns.make(4_000, () => 'made'));
  await Promise.all(parts.map(async (part) => part));
  await setImmediate();
  expect(turns.make(4_000, () => 'made')).toBe('made');
});

it('hands over a failure', async () => {
  const turns = new Turns();
  void turns.make(20_000, () => 'made');
  const failing = turns.make(1, () => {
    throw new Error('broken');
  });
  await expect(failing).rejects.toThrow('broken');
  await setImmediate();
  expect(turns.make(1, () => 'made')).toBe('made');
});
