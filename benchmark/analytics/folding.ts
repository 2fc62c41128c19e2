import { setTimeout as delay } from 'node:timers/promises';
import type { Client } from 'pg';
import type { Arena, Entrant } from '../arena.ts';
import {
  append,
  MOVES_PER_ROW,
  oldestSeconds,
  prepare,
  secondsOf,
  watchedSeconds,
  watchersOf,
} from './journal.ts';
import type { FoldingFigures, SteadyFolding } from './results.ts';

const LOOK_MS = 100;
const PATIENCE_SECONDS = 180;
const STEADY_RATE = 20_000;
const STEADY_SECONDS = 10;

/**
 * Lets the service fold beats: a heap of them in which every learner's day is new, the same once more, and then
 * as they come.
 */
export async function measureFolding(
  arena: Arena,
  entrant: Entrant,
  records: number,
): Promise<{ folding: FoldingFigures[]; steady: SteadyFolding[]; faults: string[] }> {
  const client = await arena.database.connect(entrant.database);
  try {
    const rows = Math.floor(watchersOf(records) / MOVES_PER_ROW);
    await prepare(client, records, rows * MOVES_PER_ROW);
    const before = await watchedSeconds(client);
    const heap = async (title: string): Promise<FoldingFigures> => ({
      title,
      ...(await drain(arena, entrant, client, rows)),
    });
    const folding = [
      await heap('the first beat of each learner’s day'),
      await heap('further beats of the same day'),
      await heap('further beats, again'),
    ];
    const steady = await flow(client, rows);
    const moves = 3 * rows * MOVES_PER_ROW + steady.moves;
    const differs = (await watchedSeconds(client)) - before - secondsOf(moves);
    return {
      folding,
      steady: [steady.figures],
      faults: differs === 0 ? [] : [`folded ${differs} s too many`],
    };
  } finally {
    await client.end();
  }
}

async function drain(
  arena: Arena,
  entrant: Entrant,
  client: Client,
  rows: number,
): Promise<Omit<FoldingFigures, 'title'>> {
  await client.query('VACUUM (ANALYZE) analytics_journal');
  await append(client, 0, rows);
  const before = arena.spent(entrant);
  const begin = performance.now();
  const seconds = await untilFolded(client, begin);
  const after = arena.spent(entrant);
  const moves = rows * MOVES_PER_ROW;
  return {
    moves,
    perSecond: moves / seconds,
    serverMicroseconds: ((after.server - before.server) / moves) * 1_000_000,
    databaseMicroseconds: ((after.database - before.database) / moves) * 1_000_000,
  };
}

/** Journals beats at the rate that one folder must keep up with. */
async function flow(
  client: Client,
  rows: number,
): Promise<{ figures: SteadyFolding; moves: number }> {
  const begin = performance.now();
  let journalled = 0;
  let oldest = 0;
  for (let passed = 0; passed < STEADY_SECONDS; passed = (performance.now() - begin) / 1_000) {
    const due = Math.floor((passed * STEADY_RATE) / MOVES_PER_ROW);
    for (const from = journalled; journalled < due && journalled < from + rows;) {
      const begun = journalled % rows;
      const step = Math.min(due - journalled, rows - begun);
      await append(client, begun, begun + step);
      journalled += step;
    }
    oldest = Math.max(oldest, (await oldestSeconds(client)) ?? 0);
    await delay(LOOK_MS);
  }
  const behindSeconds = await untilFolded(client, performance.now());
  const moves = journalled * MOVES_PER_ROW;
  return {
    figures: {
      perSecond: moves / STEADY_SECONDS,
      seconds: STEADY_SECONDS,
      oldestSeconds: oldest,
      behindSeconds,
    },
    moves,
  };
}

/** @returns seconds since `begin` */
async function untilFolded(client: Client, begin: number): Promise<number> {
  while ((await oldestSeconds(client)) !== null) {
    if (performance.now() - begin > PATIENCE_SECONDS * 1_000) {
      throw new Error(`nothing was folded for ${PATIENCE_SECONDS} s`);
    }
    await delay(LOOK_MS);
  }
  return (performance.now() - begin) / 1_000;
}
