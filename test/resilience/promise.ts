import { createRandom, type Random } from './load/random.ts';
import type { Sabotage } from './stage/service.ts';
import { Stage, type StageOptions } from './stage/stage.ts';
import { Tally } from './tally.ts';

export interface PromiseOptions {
  times: number;
  seed: string;
  /** Fewer and shorter: for `npm test`, and while working on something. */
  short: boolean;
  /** Only controls break anything. */
  sabotage?: Sabotage;
  environment?: NodeJS.ProcessEnv;
  /** One that stands already is used as it is. */
  stage?: Stage;
  /** Breaks the database. */
  prepare?: (stage: Stage) => Promise<void>;
  /** Seconds that a promise about endurance goes on for. */
  durationSeconds?: number;
}

/** What a promise is tried with. */
export interface Trial extends PromiseOptions {
  random: Random;
  tally: Tally;
  /** Brings up everything, with the controls' sabotage where there is some, and clears it away. */
  onStage(
    options: Omit<StageOptions, 'seed'>,
    work: (stage: Stage) => Promise<void>,
  ): Promise<void>;
}

export interface ReliabilityPromise {
  id: string;
  title: string;
  fault: string;
  /** How often the fault is injected. */
  times: number;
  shortTimes: number;
  /** Tries the fault `trial.times` times, and notes in `trial.tally` what became of it. */
  attempt(trial: Trial): Promise<void>;
}

/** @returns what was found; it never throws because of a broken promise, only when the trial itself fails */
export async function tryPromise(
  promise: ReliabilityPromise,
  options: PromiseOptions,
): Promise<Tally> {
  const tally = new Tally();
  await promise.attempt({
    ...options,
    tally,
    random: createRandom(`${options.seed} ${promise.id}`),
    async onStage(stageOptions, work) {
      if (options.stage) return work(options.stage);
      const stage = await Stage.start({
        ...stageOptions,
        seed: options.seed,
        sabotage: { ...stageOptions.sabotage, ...options.sabotage },
        environment: { ...stageOptions.environment, ...options.environment },
      });
      try {
        await options.prepare?.(stage);
        await work(stage);
      } finally {
        await stage.close();
      }
    },
  });
  return tally;
}
