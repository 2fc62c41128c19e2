import { PinoLogger } from 'nestjs-pino';

/** Runs the work without a line of it in the log. The process must have a logger already (`startLogger`). */
export async function withoutLogs<Result>(work: () => Promise<Result>): Promise<Result> {
  const { level } = PinoLogger.root;
  PinoLogger.root.level = 'silent';
  try {
    return await work();
  } finally {
    PinoLogger.root.level = level;
  }
}
