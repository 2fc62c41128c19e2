import type { Arena } from './arena.ts';
import { PGBENCH_TITLES, runPgbench, type PgbenchVariant } from './contenders/pgbench.ts';
import type { Options } from './options.ts';
import type { Sample } from './results.ts';
import { findPgbench } from './servers/postgres.ts';
import { endedChildrenSeconds, processorSeconds } from './servers/processor-time.ts';

type Task = Pick<Options, 'rows' | 'connections' | 'cores' | 'seconds'> & { database: string };

/** pgbench writes into the template itself, since it is not copied any more. */
export async function pgbenchRound(
  { database: { host, port, user, password, pid } }: Arena,
  { rows, connections, cores, seconds, database }: Task,
  binDir: string | undefined,
  keep: (name: string, sample: Sample) => void,
  say: (text: string) => void,
): Promise<void> {
  const binary = findPgbench(binDir);
  if (!binary) return say('pgbench is not installed: its limit is not measured');
  for (const variant of Object.keys(PGBENCH_TITLES) as PgbenchVariant[]) {
    const before = { server: endedChildrenSeconds(), database: processorSeconds(pid) };
    const { perSecond, transactions } = await runPgbench(variant, {
      binary,
      database: { host, port, user, password, name: database },
      rows,
      connections,
      threads: cores,
      seconds,
    });
    const each = (from: number | null, to: number | null): number | null =>
      from === null || to === null ? null : ((to - from) * 1_000_000) / transactions;
    keep(variant, {
      ...NOT_MEASURED,
      perSecond,
      serverMicroseconds: each(before.server, endedChildrenSeconds()),
      databaseMicroseconds: each(before.database, processorSeconds(pid)),
    });
    say(`beat  ${PGBENCH_TITLES[variant]}: ${Math.round(perSecond)}/s`);
  }
}

const NOT_MEASURED: Omit<Sample, 'perSecond' | 'serverMicroseconds' | 'databaseMicroseconds'> = {
  answered: 0,
  wrong: 0,
  p50: Number.NaN,
  p99: Number.NaN,
  faults: [],
  clientMicroseconds: null,
  walBytes: null,
  batchSize: null,
};
