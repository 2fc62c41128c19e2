import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Transactions } from '../transactions.js';
import { textHash } from './text-hash.js';

const IS_DISTRIBUTED = `SELECT to_regclass('pg_dist_shard') IS NOT NULL AS distributed`;

/** The lowest hash of each shard of the learners' tables, which all have the same shards. */
const SHARDS = `
  SELECT shardminvalue::int AS lowest FROM pg_dist_shard
  WHERE logicalrelid = 'user_progress'::regclass AND shardminvalue IS NOT NULL ORDER BY 1`;

/**
 * Where learners' rows are. A transaction stays on one machine if all its learners have one place. PostgreSQL by itself
 * has one place for everyone; Citus has one for each shard.
 */
@Injectable()
export class Placement implements OnModuleInit {
  /** The lowest hash of each place, in order; none when everyone has the same one. */
  private lowest: readonly number[] = [];

  constructor(private readonly transactions: Transactions) {}

  async onModuleInit(): Promise<void> {
    await this.refresh();
  }

  /** Reads the shards anew: an operator may have split one. */
  async refresh(): Promise<void> {
    const { pool } = this.transactions;
    const found = await pool.query<{ distributed: boolean }>(IS_DISTRIBUTED);
    if (!found.rows[0]!.distributed) return;
    const { rows } = await pool.query<{ lowest: number }>(SHARDS);
    this.lowest = rows.map(({ lowest }) => lowest);
  }

  /** Whether everyone has the same place. */
  get isOne(): boolean {
    return this.lowest.length < 2;
  }

  /** The number of the learner's place. */
  of(userId: string): number {
    if (this.isOne) return 0;
    const hash = textHash(userId);
    return this.lowest.findLastIndex((lowest) => lowest <= hash);
  }

  /** The learners to name in a statement (`named`); null where everyone has the same place. */
  name(all: readonly { userId: string }[]): string[] | null {
    return this.isOne ? null : [...new Set(all.map(({ userId }) => userId))];
  }

  /**
   * Divides what belongs to learners by their places, in the order of places: work that locks in several of them must
   * do so in one order.
   */
  divide<Owned extends { userId: string }>(all: readonly Owned[]): Owned[][] {
    if (this.isOne) return all.length > 0 ? [[...all]] : [];
    const places = new Map<number, Owned[]>();
    for (const one of all) {
      const place = this.of(one.userId);
      const there = places.get(place);
      if (there) there.push(one);
      else places.set(place, [one]);
    }
    return [...places].sort(([one], [other]) => one - other).map(([, there]) => there);
  }

  /** Does what there is to do in each place, one after the other. @returns all that it returned */
  async inEach<Owned extends { userId: string }, Result>(
    all: readonly Owned[],
    work: (part: readonly Owned[]) => Promise<Result[]>,
  ): Promise<Result[]> {
    const results: Result[] = [];
    for (const part of this.divide(all)) results.push(...(await work(part)));
    return results;
  }
}
