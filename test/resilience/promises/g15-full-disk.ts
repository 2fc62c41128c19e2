import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { audit } from '../audit/audit.ts';
import { Client } from '../load/client.ts';
import { Load } from '../load/load.ts';
import type { ReliabilityPromise, Trial } from '../promise.ts';
import { SmallDisk } from '../stage/small-disk.ts';
import type { Stage } from '../stage/stage.ts';

const RECOVERS_WITHIN_MS = 10_000;
const FULL_MS = 2_000;

/** Without the right to mount a small disk: a trigger that raises the same error. */
const REFUSE_WRITES = `
  CREATE OR REPLACE FUNCTION no_space() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION 'could not extend file' USING ERRCODE = '53100'; END $$;
  CREATE TRIGGER no_space BEFORE INSERT OR UPDATE ON user_progress EXECUTE FUNCTION no_space()`;

/** Fills PostgreSQL's disk, and frees it again. */
interface Shortage {
  begin(): Promise<void>;
  end(): Promise<void>;
}

export const fullDisk: ReliabilityPromise = {
  id: 'G15',
  title: 'a full disk never yields a false acknowledgement',
  fault: 'PostgreSQL’s file system filled to the last byte under load, then freed',
  times: 20,
  shortTimes: 1,
  async attempt(trial) {
    // The database of a running stage is on another disk.
    const disk = trial.stage ? null : SmallDisk.mount();
    trial.tally.figures.set(
      'disk',
      disk ? 'a small tmpfs' : '53100 raised by a trigger: no file system of its own',
    );
    try {
      const folder = disk ? { postgresFolder: join(disk.folder, 'postgres') } : {};
      await trial.onStage(folder, (stage) =>
        starve(trial, stage, disk ? filled(disk, stage) : refused(stage)),
      );
    } finally {
      disk?.unmount();
    }
  },
};

async function starve(
  { times, random, tally }: Trial,
  stage: Stage,
  shortage: Shortage,
): Promise<void> {
  const client = await Client.create();
  const { services } = stage;
  const load = new Load({ name: 'G15', client, random, services, requestsPerSecond: 200 });
  load.start();
  for (; tally.times < times; tally.times += 1) {
    await sleep(FULL_MS / 2);
    const before = load.ledger.counts.failed + load.ledger.counts.unknown;
    await shortage.begin();
    await sleep(FULL_MS);
    await shortage.end();
    tally.recovered(await load.untilAcknowledged(), RECOVERS_WITHIN_MS);
    if (load.ledger.counts.failed + load.ledger.counts.unknown === before) {
      tally.violate('the shortage was not felt', 'every request was acknowledged');
    }
  }
  await load.stop();
  await audit(stage, load.ledger, tally);
  client.close();
}

function filled(disk: SmallDisk, { postgres }: Stage): Shortage {
  return {
    begin: async () => disk.fill(),
    async end() {
      disk.free();
      // Without room for its log, the server ends. A supervisor starts it again.
      if (await postgres.answers()) return;
      await postgres.stop();
      await postgres.start();
    },
  };
}

function refused({ postgres }: Stage): Shortage {
  return {
    begin: async () => void (await postgres.query(REFUSE_WRITES)),
    end: async () => void (await postgres.query('DROP TRIGGER no_space ON user_progress')),
  };
}
