import { createHash } from 'node:crypto';
import { mulberry32 } from '../../../sandbox/mulberry32.ts';

export type Random = () => number;

/** Numbers in [0, 1) that are the same for the same seed, so that a schedule can be repeated. */
export const createRandom = (seed: string): Random =>
  mulberry32(createHash('sha256').update(seed).digest().readUInt32LE());

export function between(random: Random, least: number, most: number): number {
  return least + random() * (most - least);
}

export function pick<T>(random: Random, of: readonly T[]): T {
  return of[Math.floor(random() * of.length)]!;
}

export function shuffle<T>(random: Random, of: readonly T[]): T[] {
  const shuffled = [...of];
  for (let last = shuffled.length - 1; last > 0; last -= 1) {
    const other = Math.floor(random() * (last + 1));
    [shuffled[last], shuffled[other]] = [shuffled[other]!, shuffled[last]!];
  }
  return shuffled;
}
