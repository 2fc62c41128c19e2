import { describe, expect, it } from 'vitest';
import { firstTold } from './first-told.js';

const FOR_EVER_MS = 60_000;
const never = new Promise<null>(() => undefined);

/** Asks in these ways, each with a fixed answer. */
async function told(ways: Record<string, Promise<string | null>>, patienceMs = FOR_EVER_MS) {
  const asked: string[] = [];
  const ask = (way: string) => {
    asked.push(way);
    return ways[way]!;
  };
  return { answer: await firstTold(Object.keys(ways), ask, patienceMs), asked };
}

describe('asking in several ways', () => {
  it('ends with the first way that tells', async () => {
    const ways = { a: Promise.resolve('told'), b: Promise.resolve('never asked') };
    await expect(told(ways)).resolves.toEqual({ answer: 'told', asked: ['a'] });
  });

  it('goes on at once after a way that tells nothing', async () => {
    const ways = { a: Promise.resolve(null), b: Promise.resolve('told') };
    await expect(told(ways)).resolves.toEqual({ answer: 'told', asked: ['a', 'b'] });
  });

  it('does not wait for a silent way longer than its patience', async () => {
    const ways = { a: never, b: Promise.resolve('told') };
    await expect(told(ways, 1)).resolves.toEqual({ answer: 'told', asked: ['a', 'b'] });
  });

  it('still hears the way that was slow', async () => {
    let tell!: (told: string) => void;
    const slow = new Promise<string>((resolve) => (tell = resolve));
    const ask = (way: string) => {
      if (way === 'a') return slow;
      tell('told late');
      return Promise.resolve(null);
    };
    await expect(firstTold(['a', 'b'], ask, 1)).resolves.toBe('told late');
  });

  it('says null when no way tells', async () => {
    const ways = { a: Promise.resolve(null), b: Promise.resolve(null) };
    await expect(told(ways)).resolves.toEqual({ answer: null, asked: ['a', 'b'] });
  });
});
