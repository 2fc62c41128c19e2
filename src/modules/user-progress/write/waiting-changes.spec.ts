import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ProgressChange } from '../changes/progress-change.js';
import type { ProgressRecord } from '../progress-record.js';
import { ChangeWeights } from './change-weights.js';
import { WaitingChanges } from './waiting-changes.js';

const MAXIMUM = 256;

interface Entry {
  change: ProgressChange;
  deadline: number;
  number: number;
}

const add = (userId: string): ProgressChange => ({
  kind: 'addWatchTime',
  ...{ userId, lessonId: 'l', seconds: 1 },
});
const watch = (userId: string, beats: number): ProgressChange => ({
  kind: 'recordWatch',
  ...{ userId, lessonId: 'l', courseId: 'c', sessionId: 's' },
  beats: Array.from({ length: beats }, (_, seq) => {
    return { seq, from: 0, to: 0, rate: 1, at: new Date(0) };
  }),
});
const set = (userId: string, completed: boolean): ProgressChange => ({
  kind: 'set',
  ...{ userId, lessonId: 'l', completed },
});

function waiting(changes: ProgressChange[], weights = new ChangeWeights()): WaitingChanges<Entry> {
  const queue = new WaitingChanges<Entry>(weights, MAXIMUM);
  changes.forEach((change, number) => queue.push({ change, deadline: number, number }));
  return queue;
}

const times = (count: number, change: (index: number) => ProgressChange): ProgressChange[] =>
  Array.from({ length: count }, (_, index) => change(index));

const numberOf = ({ number }: Entry): number => number;
const usersOf = (batch: Entry[]): string[] => batch.map(({ change }) => change.userId);

describe('a learner who sends much', () => {
  it('does not hold up those who came later', () => {
    const queue = waiting([...times(1_000, () => add('much')), ...times(50, (n) => add(`u${n}`))]);
    const users = usersOf(queue.take());
    expect(new Set(users).size).toBe(51);
    expect(users.filter((user) => user === 'much')).toHaveLength(MAXIMUM / 4);
  });

  it('has one of a few hundred beats in a batch', () => {
    const queue = waiting([...times(20, () => watch('much', 500)), add('other')]);
    expect(usersOf(queue.take())).toEqual(['much', 'other']);
    expect(usersOf(queue.take())).toEqual(['much']);
  });

  it('weighs more in a batch when the stored record is large', () => {
    const weights = new ChangeWeights();
    const stretches = { watched: 'x'.repeat(8_000), watchedAgain: '{}' };
    weights.note({ ...add('much'), ...stretches } as unknown as ProgressRecord);
    const queue = waiting(
      times(100, () => add('much')),
      weights,
    );
    expect(queue.take()).toHaveLength(8);
  });

  it('waits no longer than others', () => {
    const queue = waiting([watch('much', 500), ...times(600, (n) => watch(`u${n}`, 9))]);
    queue.push({ change: watch('much', 2_500), deadline: 0, number: 0 });
    const batches = times(4, () => add('')).map(() => usersOf(queue.take()));
    expect(batches.filter((users) => users.includes('much'))).toHaveLength(2);
  });
});

describe('a batch', () => {
  it('ends before a change that may reopen what the learner completed in it, for that learner only', () => {
    const queue = waiting([set('a', true), set('a', false), set('a', true), add('b'), add('b')]);
    expect(usersOf(queue.take())).toEqual(['a', 'b', 'b']);
    expect(usersOf(queue.take())).toEqual(['a', 'a']);
    expect(queue.length).toBe(0);
  });

  it('has every change once, in the order of its learner, within its weight and each share', () => {
    const weights = new ChangeWeights();
    const change = fc
      .tuple(fc.constantFrom('a', 'b', 'c', 'd'), fc.constantFrom(-2, -1, 0, 5, 100, 500, 3_000))
      .map(([user, beats]) =>
        beats > 0 ? watch(user, beats) : beats === 0 ? add(user) : set(user, beats === -1),
      );
    fc.assert(
      fc.property(fc.array(change, { maxLength: 80 }), (changes) => {
        const queue = waiting(changes);
        const taken: Entry[] = [];
        while (queue.length > 0) {
          const batch = queue.take();
          const weigh = (entries: Entry[]) =>
            entries.reduce((sum, entry) => sum + weights.of(entry.change), 0);
          expect(batch.length === 1 || weigh(batch) <= MAXIMUM).toBe(true);
          for (const user of new Set(usersOf(batch))) {
            const share = batch.filter((entry) => entry.change.userId === user);
            expect(share.length === 1 || weigh(share) <= MAXIMUM / 4).toBe(true);
          }
          expect(batch.length).toBeGreaterThan(0);
          taken.push(...batch);
        }
        for (const user of ['a', 'b', 'c', 'd']) {
          const numbers = taken.filter(({ change }) => change.userId === user).map(numberOf);
          const expected = changes.flatMap((one, number) => (one.userId === user ? [number] : []));
          expect(numbers).toEqual(expected);
        }
      }),
    );
  });
});

it('changes whose deadline is over leave, the others stay in their order', () => {
  const queue = waiting(times(10, (n) => add(n % 2 ? 'odd' : 'even')));
  expect(queue.takeExpired(4).map(numberOf)).toEqual([0, 2, 4, 1, 3]);
  expect(queue.length).toBe(5);
  expect(queue.take().map(numberOf)).toEqual([6, 5, 8, 7, 9]);
});
