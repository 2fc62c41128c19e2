/** One question at one size. Times of the service: the best of the rounds, since other work only adds to them. */
export interface QuestionFigures {
  name: string;
  /** Milliseconds, alone and at 32 connections. */
  alone: { p50: number; p99: number };
  together: { p50: number; p99: number };
  /** Answers at 32 connections that said that the service has too much to do, in percent. */
  refused: number;
  /** Processor time of an answer, in microseconds: the median of the rounds at 32 connections. */
  serverMicroseconds: number;
  databaseMicroseconds: number;
  /** By scanning: milliseconds, and processor time in microseconds; null if it took more than a minute. */
  scan: { milliseconds: number; microseconds: number } | null;
}

/** Moves that waited in the journal, and were folded by the service. */
export interface FoldingFigures {
  title: string;
  moves: number;
  perSecond: number;
  /** Processor time of a move. */
  serverMicroseconds: number;
  databaseMicroseconds: number;
}

/** Moves that came in at a fixed rate while the service folded them. */
export interface SteadyFolding {
  perSecond: number;
  seconds: number;
  /** The greatest age of a move that was not folded, in seconds. */
  oldestSeconds: number;
  /** How long after the last move everything was folded. */
  behindSeconds: number;
}

export interface AnalyticsSize {
  records: number;
  bytes: number;
  tables: { name: string; rows: number; bytes: number }[];
  questions: QuestionFigures[];
  folding: FoldingFigures[];
  steady: SteadyFolding[];
  /** What was wrong: answers, figures, and what was folded. */
  faults: string[];
}
