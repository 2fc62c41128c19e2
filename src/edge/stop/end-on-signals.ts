import { Logger } from '@nestjs/common';
import { constants } from 'node:os';
import { endProcess } from './end-process.js';

export const STOP_SIGNALS = ['SIGTERM', 'SIGINT'] as const;

/**
 * A signal to stop ends the process at once, with 128 and the signal's number: for a process that still starts, and has
 * acknowledged nothing. Without a listener, the first process of a container ignores the signal, for as long as it
 * waits for the database or migrates.
 * @returns what ends this
 */
export function endOnSignals(): () => void {
  const logger = new Logger('Stop');
  const end = (signal: NodeJS.Signals): void => {
    logger.log({ msg: 'stopping', signal });
    void endProcess(128 + constants.signals[signal]);
  };
  for (const signal of STOP_SIGNALS) process.on(signal, end);
  return () => {
    for (const signal of STOP_SIGNALS) process.off(signal, end);
  };
}
