import type { Arena, Entrant } from '../arena.ts';
import { median } from '../results.ts';
import { ask, type Answers } from './ask.ts';
import type { Question } from './questions.ts';
import type { QuestionFigures } from './results.ts';
import { SCANS } from './scans.ts';

const TOGETHER = 32;
const SCAN_TIMEOUT_MS = 60_000;
const WARM_UP_SECONDS = 0.5;

/** A database with its service, and what was wrong there. */
export interface Stage {
  records: number;
  entrant: Entrant;
  faults: string[];
}

interface Round {
  alone: Answers;
  together: Answers;
  serverMicroseconds: number;
  databaseMicroseconds: number;
}

/** Asks a question at all sizes, in turns, and then by scanning. */
export async function measureQuestion(
  arena: Arena,
  stages: readonly Stage[],
  question: Question,
  { rounds, seconds }: { rounds: number; seconds: number },
): Promise<Map<Stage, QuestionFigures>> {
  const taken = new Map<Stage, Round[]>(stages.map((stage) => [stage, []]));
  for (const { entrant } of stages) {
    await ask(target(arena, entrant), question, {
      connections: TOGETHER,
      seconds: WARM_UP_SECONDS,
    });
  }
  for (let round = 0; round < rounds; round += 1) {
    for (const stage of stages) taken.get(stage)!.push(await once(arena, stage, question, seconds));
  }
  const figures = new Map<Stage, QuestionFigures>();
  for (const stage of stages) {
    const all = taken.get(stage)!;
    const scanned = await scan(arena, stage, question.name);
    const figure = all.at(-1)!.alone.figure;
    if (scanned && scanned.figure !== figure) {
      stage.faults.push(`${question.name}: ${figure}, by scanning ${scanned.figure}`);
    }
    figures.set(stage, {
      name: question.name,
      alone: best(all.map(({ alone }) => alone)),
      together: best(all.map(({ together }) => together)),
      refused: refusedPercent(all.map(({ together }) => together)),
      serverMicroseconds: median(all.map((round) => round.serverMicroseconds)),
      databaseMicroseconds: median(all.map((round) => round.databaseMicroseconds)),
      scan: scanned && {
        milliseconds: scanned.milliseconds,
        microseconds: scanned.microseconds,
      },
    });
  }
  return figures;
}

async function once(
  arena: Arena,
  { entrant, faults }: Stage,
  question: Question,
  seconds: number,
): Promise<Round> {
  const to = target(arena, entrant);
  const alone = await ask(to, question, { connections: 1, seconds });
  const before = arena.spent(entrant);
  const together = await ask(to, question, { connections: TOGETHER, seconds });
  const after = arena.spent(entrant);
  const each = (from: number, until: number): number =>
    ((until - from) / together.answered) * 1_000_000;
  for (const fault of [...alone.faults, ...together.faults].slice(0, 1)) {
    faults.push(`${question.name}: ${fault}`);
  }
  return {
    alone,
    together,
    serverMicroseconds: each(before.server, after.server),
    databaseMicroseconds: each(before.database, after.database),
  };
}

async function scan(
  arena: Arena,
  { entrant }: Stage,
  name: string,
): Promise<{ figure: number; milliseconds: number; microseconds: number } | null> {
  const client = await arena.database.connect(entrant.database);
  try {
    await client.query(`SET timezone = 'UTC'; SET statement_timeout = ${SCAN_TIMEOUT_MS}`);
    const before = arena.spent(entrant);
    const begin = performance.now();
    let figure = Number.NaN;
    for (const statement of SCANS[name]!) {
      const { rows } = await client.query<{ figure: string }>(statement);
      figure = Number(rows[0]?.figure);
    }
    const milliseconds = performance.now() - begin;
    // The process that scanned with others has ended, and their time is its own now.
    const microseconds = (arena.spent(entrant).database - before.database) * 1_000_000;
    return { figure, milliseconds, microseconds };
  } catch (error) {
    if ((error as { code?: string }).code === '57014') return null;
    throw error;
  } finally {
    await client.end();
  }
}

const target = (arena: Arena, { servers }: Entrant): { port: number; secret: string } => ({
  port: servers[0]!.port,
  secret: arena.secret,
});

const best = (answers: Answers[]): { p50: number; p99: number } => ({
  p50: Math.min(...answers.map(({ p50 }) => p50)),
  p99: Math.min(...answers.map(({ p99 }) => p99)),
});

function refusedPercent(answers: Answers[]): number {
  const sum = (of: (one: Answers) => number): number =>
    answers.reduce((total, one) => total + of(one), 0);
  return (100 * sum(({ refused }) => refused)) / sum(({ answered }) => answered);
}
