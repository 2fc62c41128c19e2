import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { audit } from '../audit/audit.ts';
import { Client } from '../load/client.ts';
import { median } from '../load/figures.ts';
import { Load } from '../load/load.ts';
import type { ReliabilityPromise } from '../promise.ts';
import type { Stage } from '../stage/stage.ts';
import type { Tally } from '../tally.ts';

const SOAK_S = 3_600;
const SOAK_SHORT_S = 12;
const SAMPLES = 120;
/** A part of what two processes, PostgreSQL and the clients can do on two cores. */
const REQUESTS_PER_SECOND = 400;
const GROWTH = 1.05;
/** In a short run, the process's heap is still growing to its normal size. */
const GROWTH_SHORT = 1.4;

type Sample = Record<'memory' | 'files' | 'connections' | 'subscriptions', number>;

export const soak: ReliabilityPromise = {
  id: 'G19',
  title: 'nothing leaks',
  fault:
    'an hour of steady load: memory, files, connections and subscriptions of the last quarter against the second',
  times: 1,
  shortTimes: 1,
  async attempt({ times, short, random, tally, onStage, durationSeconds }) {
    const seconds = durationSeconds ?? (short ? SOAK_SHORT_S : SOAK_S);
    await onStage({}, async (stage) => {
      const subscriptions = countSubscriptions(stage);
      await stage.restart(stage.sabotage);
      const client = await Client.create();
      const load = new Load({
        name: 'G19',
        client,
        random,
        services: stage.services,
        requestsPerSecond: REQUESTS_PER_SECOND,
      });
      load.start();
      const samples: Sample[] = [];
      while (samples.length < SAMPLES) {
        await sleep((seconds * 1_000) / SAMPLES);
        samples.push(await sample(stage, subscriptions()));
      }
      await load.stop();
      tally.times = times;
      tally.figures.set('seconds', String(seconds));
      compareQuarters(samples, seconds < 600 ? GROWTH_SHORT : GROWTH, tally);
      await audit(stage, load.ledger, tally);
      client.close();
    });
  },
};

async function sample({ services, postgres }: Stage, subscriptions: number): Promise<Sample> {
  const [row] = await postgres.query<{ connections: number }>(
    `SELECT count(*)::int AS connections FROM pg_stat_activity WHERE application_name = 'user-progress 2'`,
  );
  return {
    memory: sum(services.map(({ pid }) => residentMegabytes(pid))),
    files: sum(services.map(({ pid }) => openFiles(pid))),
    connections: row!.connections,
    subscriptions,
  };
}

function compareQuarters(samples: Sample[], growth: number, tally: Tally): void {
  const quarter = samples.length / 4;
  for (const name of Object.keys(samples[0]!) as (keyof Sample)[]) {
    const of = (from: number) =>
      median(samples.slice(from * quarter, (from + 1) * quarter).map((each) => each[name]));
    const [second, last] = [of(1), of(3)];
    tally.figures.set(name, `${second.toFixed(0)} → ${last.toFixed(0)}`);
    if (last > second * growth) tally.violate(`${name} grows`, `${second} → ${last}`);
  }
}

/** Counts the services' open subscriptions, from their messages to NATS. */
function countSubscriptions({ natsLink }: Stage): () => number {
  let count = 0;
  natsLink.tap = (chunk) => {
    const text = chunk.toString('latin1');
    count += (text.match(/^SUB /gm) ?? []).length - (text.match(/^UNSUB /gm) ?? []).length;
  };
  return () => count;
}

/** Only Linux has /proc. On other systems, only the other figures are compared. */
function residentMegabytes(pid: number): number {
  const path = `/proc/${pid}/status`;
  if (!existsSync(path)) return 0;
  return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(path, 'utf8'))?.[1]) / 1_024;
}

function openFiles(pid: number): number {
  const path = `/proc/${pid}/fd`;
  return existsSync(path) ? readdirSync(path).length : 0;
}

const sum = (values: number[]): number => values.reduce((total, value) => total + value, 0);
