import { expect } from 'vitest';
import type { FilmTab } from '../harness/film-tab.ts';
import type { Learner } from '../harness/stage.ts';

export const NO_DIFFERENCES = { lost: [], invented: [] };

/** Stops, sends everything, and expects that exactly what was seen is stored, and that no beat was clipped. */
export async function expectExact(learner: Learner, tab: FilmTab, lesson?: 'clip'): Promise<void> {
  await tab.pause();
  await tab.delivered();
  expect(await learner.differences(await tab.seen(), lesson)).toEqual(NO_DIFFERENCES);
  expect(learner.line.results.filter(isUnfair)).toEqual([]);
}

/** Nothing but a repeat may have happened to a beat of an honest player. */
const isUnfair = ({ result }: { result: string }) => result !== 'COUNTED' && result !== 'DUPLICATE';
