import { mulberry32 } from '../../mulberry32.ts';

/** Pseudo-random numbers: the same ones for the same seeds, on every machine. */
export class Random {
  /** From 0 to 1, without 1. */
  readonly next: () => number;

  constructor(...seeds: number[]) {
    this.next = mulberry32(
      seeds.reduce((state, seed) => scramble(state ^ Math.imul(seed, 0x9e3779b1)), 1),
    );
  }

  /** True in a share of the cases, 0 to 1. */
  chance(share: number): boolean {
    return this.next() < share;
  }

  /** A whole number from `low` to `high`, both included. */
  between(low: number, high: number): number {
    return low + Math.floor(this.next() * (high - low + 1));
  }

  /** How long one waits for what happens at any moment alike: mostly less than the mean, sometimes much more. */
  waiting(mean: number): number {
    return -Math.log(1 - this.next()) * mean;
  }

  /** One of them, each as often as its weight says. */
  weighted<Item>(items: readonly Item[], weightOf: (item: Item, index: number) => number): Item {
    const weights = items.map(weightOf);
    let rest = this.next() * weights.reduce((sum, weight) => sum + weight, 0);
    return items.find((_, index) => (rest -= weights[index]!) < 0) ?? items.at(-1)!;
  }
}

function scramble(value: number): number {
  const mixed = Math.imul(value ^ (value >>> 16), 0x45d9f3b);
  return Math.imul(mixed ^ (mixed >>> 16), 0x45d9f3b);
}
