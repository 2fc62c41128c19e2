import fc from 'fast-check';
import { expect, it } from 'vitest';
import {
  contains,
  formatMultirange,
  grow,
  growthBy,
  intersect,
  measure,
  parseMultirange,
  subtract,
  union,
  type Ranges,
} from './ranges.js';

const interval = fc
  .tuple(fc.integer({ min: 0, max: 60 }), fc.integer({ min: 0, max: 12 }))
  .map(([from, length]) => [from, from + length] as const);
const ranges = fc
  .array(interval, { maxLength: 8 })
  .map((list) => list.reduce<Ranges>((all, [from, to]) => union(all, from, to), []));
const numbers = (set: Ranges) =>
  Array.from({ length: 80 }, (_, value) => value).filter((value) => contains(set, value));

it('behaves like sets of numbers', () => {
  fc.assert(
    fc.property(ranges, ranges, (left, right) => {
      const inRight = new Set(numbers(right));
      expect(numbers(intersect(left, right))).toEqual(numbers(left).filter((n) => inRight.has(n)));
      expect(numbers(subtract(left, right))).toEqual(numbers(left).filter((n) => !inRight.has(n)));
      expect(measure(left)).toBe(numbers(left).length);
    }),
  );
});

it('keeps ranges sorted, disjoint and merged where they touch', () => {
  fc.assert(
    fc.property(ranges, (set) => {
      set.forEach(([from, to], index) => {
        expect(from).toBeLessThan(to);
        if (index > 0) expect(set[index - 1]![1]).toBeLessThan(from);
      });
    }),
  );
});

it('says before how adding changes them, in numbers and in pieces', () => {
  fc.assert(
    fc.property(ranges, interval, (set, [from, to]) => {
      const before = structuredClone(set);
      const growth = growthBy(set, from, to);
      const grown = [...set];
      grow(grown, growth);
      const added = Array.from({ length: to - from }, (_, index) => from + index);
      expect(numbers(grown)).toEqual(
        [...new Set([...numbers(set), ...added])].sort((a, b) => a - b),
      );
      expect(growth.numbers).toBe(measure(grown) - measure(set));
      expect(growth.fragments).toBe(grown.length - set.length);
      expect(set).toEqual(before);
    }),
  );
});

it('reads what it writes, in the form of PostgreSQL', () => {
  expect(
    formatMultirange([
      [0, 10],
      [20, 30],
    ]),
  ).toBe('{[0,10),[20,30)}');
  fc.assert(
    fc.property(ranges, (set) => {
      expect(parseMultirange(formatMultirange(set))).toEqual(set);
    }),
  );
});
