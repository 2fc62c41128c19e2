import { createRandom, type Random } from './load/random.ts';
import type { Sabotage } from './stage/service.ts';
import { Stage, type StageOptions } from './stage/stage.ts';
import { Tally } from './tally.ts';

export interface PromiseOptions {
  times: number;
  seed: string;
  /** Fewer and shorter trials: for `npm test`, and during development. */
  short: boolean;
  /** What to break in the service; only controls do. */
  sabotage?: Sabotage;
  environment?: NodeJS.ProcessEnv;
  /** A running stage to use; without it, the trial starts its own. */
  stage?: Stage;
  /** Breaks the database; only controls do. */
  prepare?: (stage: Stage) => Promise<void>;
  /** How long a promise about endurance is tried, in seconds. */
  durationSeconds?: number;
}

/** The means for trying a promise. */
export interface Trial extends PromiseOptions {
  random: Random;
  tally: Tally;
  /** Starts everything, with the control's sabotage if there is one, and removes it afterwards. */
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
  /** Injects the fault `trial.times` times, and records the results in `trial.tally`. */
  attempt(trial: Trial): Promise<void>;
}

/** @returns the results. A broken promise does not throw; only a failure of the trial itself does */
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
