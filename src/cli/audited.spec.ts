import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { go, type AuditedPortion } from './audited.js';

let printed: unknown[];
beforeEach(() => {
  printed = [];
  vi.spyOn(console, 'log').mockImplementation((line) => void printed.push(line));
});
afterEach(() => void vi.restoreAllMocks());

const SAID = {
  right: 'right',
  mended: (found: number) => `${found} mended`,
  wrong: (found: number) => `${found} wrong`,
};

/** Portions with so many differences each, of which at most 100 are told. */
function audited(...found: number[]) {
  const mended: number[] = [];
  async function* portions(): AsyncGenerator<AuditedPortion> {
    for (const [index, count] of found.entries()) {
      const lines = Array.from({ length: Math.min(count, 100) }, (_, n) => `${index} ${n}`);
      yield { lines, found: count, progress: '', mend: async () => mended.push(index) };
    }
  }
  return { mended, audited: { portions: portions(), ...SAID } };
}

it('says that all is right, with exit code 0', async () => {
  expect(await go(audited(0, 0).audited, false)).toBe(0);
  expect(printed).toEqual(['right']);
});

it('prints the differences, and fails', async () => {
  expect(await go(audited(1, 2).audited, false)).toBe(1);
  expect(printed).toEqual(['0 0', '1 0', '1 1', '3 wrong']);
});

it('mends the portions that have differences', async () => {
  const { mended, audited: all } = audited(1, 0, 2);
  expect(await go(all, true)).toBe(0);
  expect(mended).toEqual([0, 2]);
  expect(printed.at(-1)).toBe('3 mended');
});

it('prints a hundred differences, and counts all', async () => {
  expect(await go(audited(60, 5_000, 7).audited, false)).toBe(1);
  expect(printed).toHaveLength(102);
  expect(printed.slice(-2)).toEqual(['…', '5067 wrong']);
});
