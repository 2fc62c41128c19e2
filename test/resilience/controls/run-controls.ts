import type { Options } from '../options.ts';
import { PROMISES } from '../promises/index.ts';
import { tryPromise } from '../promise.ts';
import type { Tally } from '../tally.ts';
import { CONTROLS, type Control } from './controls.ts';

/**
 * Runs broken builds against the checkers that must detect them, in their short form, unless they say otherwise.
 * @returns whether all were detected
 */
export async function runControls({ promises, seed }: Options): Promise<boolean> {
  let caught = true;
  for (const control of CONTROLS) {
    if (!promises.some(({ id }) => id === control.caughtBy)) continue;
    const tally = await tryControl(control, seed);
    const [found] = [...tally.violations];
    caught &&= found !== undefined;
    const how = found ? `caught: ${found[0]}, ${found[1].count} times` : 'NOT CAUGHT';
    console.log(`${control.caughtBy.padEnd(3)} ${control.break}: ${how}`);
  }
  return caught;
}

export async function tryControl(control: Control, seed: string): Promise<Tally> {
  const promise = PROMISES.find(({ id }) => id === control.caughtBy);
  if (!promise) throw new Error(`There is no promise ${control.caughtBy}`);
  return tryPromise(promise, { short: true, ...control.options, times: control.times, seed });
}
