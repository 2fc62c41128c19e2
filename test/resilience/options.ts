import { randomBytes } from 'node:crypto';
import { parseArgs } from 'node:util';
import { PROMISES } from './promises/index.ts';
import type { ReliabilityPromise } from './promise.ts';

export interface Options {
  promises: readonly ReliabilityPromise[];
  times: number | undefined;
  seed: string;
  short: boolean;
  controls: boolean;
  durationSeconds: number | undefined;
  /** How many workers each service has. */
  workers: number;
}

/** @throws Error that names the invalid option */
export function readOptions(args: string[]): Options {
  const { values } = parseArgs({
    args,
    options: {
      promise: { type: 'string' },
      times: { type: 'string' },
      seed: { type: 'string' },
      short: { type: 'boolean', default: false },
      controls: { type: 'boolean', default: false },
      duration: { type: 'string' },
      workers: { type: 'string' },
    },
  });
  return {
    promises: choose(values.promise),
    times: number('times', values.times),
    seed: values.seed ?? randomBytes(4).toString('hex'),
    short: values.short,
    controls: values.controls,
    durationSeconds: number('duration', values.duration),
    workers: number('workers', values.workers) ?? 1,
  };
}

function choose(ids: string | undefined): readonly ReliabilityPromise[] {
  if (ids === undefined) return PROMISES;
  return ids.split(',').map((id) => {
    const promise = PROMISES.find((candidate) => candidate.id === id.trim().toUpperCase());
    if (!promise)
      throw new Error(`There is no promise ${id}: ${PROMISES.map((p) => p.id).join(', ')}`);
    return promise;
  });
}

function number(name: string, value: string | undefined): number | undefined {
  if (value === undefined) return undefined;
  const parsed = Number(value);
  if (!(parsed > 0)) throw new Error(`--${name} is not a number above zero: ${value}`);
  return parsed;
}
