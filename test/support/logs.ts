import { PinoLogger } from 'nestjs-pino';
import type { LevelWithSilent as Level } from 'pino';

export type LogLine = Record<string, unknown>;

/** From now on, what the logger writes is added to `lines` instead: with its redaction and its request ids. */
export function captureLogs(lines: LogLine[], level: Level = PinoLogger.root.level as Level): void {
  PinoLogger.root.level = level;
  const root = PinoLogger.root as unknown as Record<symbol, { write: (line: string) => void }>;
  const key = Object.getOwnPropertySymbols(root).find(
    (symbol) => String(symbol) === 'Symbol(pino.stream)',
  );
  if (key === undefined) throw new Error('pino keeps its stream elsewhere now');
  root[key]!.write = (line) => void lines.push(JSON.parse(line) as LogLine);
}
