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

export const HELP = `npm run resilience -- [options]

  --promise G1,G2   these promises (all)
  --times N         how often each is tried (as often as its row in docs/reliability.md says)
  --short           everything, briefly: minutes
  --workers N       workers of each service (1)
  --duration N      seconds of the endurance run, G19
  --seed TEXT       repeats the choices of an earlier run
  --controls        builds that are broken on purpose, instead: the checks must find each
`;

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
