import { EnvironmentError, loadEnvironment, type Environment } from './environment.js';

/**
 * The configuration of a process that cannot do without. What is missing is named on standard error, one line a
 * variable: there is no logger yet whose level could hide it.
 */
export function environmentOrExit(source: NodeJS.ProcessEnv = process.env): Environment {
  try {
    return loadEnvironment(source);
  } catch (error) {
    if (!(error instanceof EnvironmentError)) throw error;
    process.stderr.write(`${error.problems.join('\n')}\n`);
    process.exit(1);
  }
}
