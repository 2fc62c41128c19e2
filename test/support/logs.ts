import { PinoLogger } from 'nestjs-pino';
import type { LevelWithSilent as Level } from 'pino';

export type LogLine = Record<string, unknown>;

/** From now on, adds the logger's output to `lines` instead of printing it, with its redaction and request ids. */
export function captureLogs(lines: LogLine[], level: Level = PinoLogger.root.level as Level): void {
  PinoLogger.root.level = level;
  const root = PinoLogger.root as unknown as Record<symbol, { write: (line: string) => void }>;
  const key = Object.getOwnPropertySymbols(root).find(
    (symbol) => String(symbol) === 'Symbol(pino.stream)',
  );
  if (key === undefined) throw new Error('pino keeps its stream elsewhere now');
  root[key]!.write = (line) => void lines.push(JSON.parse(line) as LogLine);
}
