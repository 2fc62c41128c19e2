import { setTimeout as sleep } from 'node:timers/promises';
import { auditFigures } from '../audit/figures.ts';
import { verifyProgress } from '../audit/progress-verify.ts';
import { auditRecords } from '../audit/records.ts';
import { auditRollups } from '../audit/rollups.ts';
import { installWitness } from '../audit/witness.ts';
import { AnyChange } from '../load/any-change.ts';
import { Client } from '../load/client.ts';
import { milliseconds, percentile } from '../load/figures.ts';
import { measureFreshness } from '../load/freshness.ts';
import { Ledger } from '../load/ledger.ts';
import { Load } from '../load/load.ts';
import { inParallel, numbered } from '../load/parallel.ts';
import { between, pick } from '../load/random.ts';
import type { ReliabilityPromise, Trial } from '../promise.ts';
import { Link } from '../stage/link.ts';
import type { Service } from '../stage/service.ts';
import type { Stage } from '../stage/stage.ts';

const LEARNERS = 24;
const REQUESTS_PER_SECOND = 100;
/** Without faults: so many requests for so long. */
const FRESH_REQUESTS_PER_SECOND = 200;
const FRESH_S = 60;
const FRESH_SHORT_S = 10;
const FRESH_WITHIN_MS = 5_000;
/** An erasure takes two sweeps, so far apart. */
const ERASURE_SETTLE_SECONDS = '2';
/** The longest pause of a learner between two changes: 24 learners make about 200 a second. */
const PAUSE_MS = 200;
const LOOK_EVERY_MS = 1;
const FOLDS_WITHIN_MS = 30_000;
/** A fold of the load's moves takes about so long: a death hits any part of it, or what follows. */
const FOLD_MS = 30;

/** The session that folds, or has folded and has not committed. */
const FOLDING = `
  SELECT client_port AS port FROM pg_stat_activity
  WHERE application_name = 'user-progress 2' AND state <> 'idle' AND query LIKE '%taken AS MATERIALIZED%'`;

export const figuresSurvive: ReliabilityPromise = {
  id: 'G24',
  title: 'figures of analytics are what a recount gives, whoever dies, and seconds old',
  fault:
    'kill -9 of the process that folds, and of PostgreSQL, in turn, while it folds or just after, under changes of all kinds',
  times: 50,
  shortTimes: 2,
  async attempt(trial) {
    const environment = { ERASURE_SETTLE_SECONDS, ANALYTICS_TIME_ZONE: noonZone(new Date()) };
    await trial.onStage({ environment }, async (stage) => {
      const links = await linkEach(stage);
      await installWitness(stage.postgres);
      await measure(stage, trial);
      for (; trial.tally.times < trial.times; trial.tally.times += 1) {
        await attemptOnce(stage, links, trial);
      }
      await auditRollups(stage, trial.tally);
      for (const link of links.values()) await link.close();
    });
  },
};

/** The fixed zone where it is noon now: no day of the figures begins while they are tried. */
function noonZone(now: Date): string {
  const ahead = 12 - now.getUTCHours();
  // With the sign of POSIX: west of Greenwich is positive.
  return ahead === 0 ? 'Etc/GMT' : `Etc/GMT${ahead > 0 ? '-' : '+'}${Math.abs(ahead)}`;
}

/** A link to PostgreSQL of its own for each service, so that a session tells whose it is. */
async function linkEach({ services, postgres, sabotage }: Stage): Promise<Map<Service, Link>> {
  const links = new Map<Service, Link>();
  for (const service of services) {
    const link = await Link.start(postgres.direct.port);
    links.set(service, link);
    service.variables = { DB_PORT: String(link.port) };
    await service.kill();
    await service.start(sabotage);
  }
  return links;
}

async function measure(stage: Stage, { short, random, tally }: Trial): Promise<void> {
  const client = await Client.create('admin');
  const { services } = stage;
  const load = new Load({
    ...{ name: 'G24-FRESH', client, random, services },
    requestsPerSecond: FRESH_REQUESTS_PER_SECOND,
  });
  load.start();
  const { port } = pick(random, services).link;
  const took = await measureFreshness(client, port, 'G24-WATCHER', short ? FRESH_SHORT_S : FRESH_S);
  await load.stop();
  client.close();
  tally.count(load.ledger, services);
  const p99 = percentile(took, 0.99);
  tally.figures.set('from a change to its figure, p50', milliseconds(percentile(took, 0.5)));
  tally.figures.set('p99', milliseconds(p99));
  if (!(p99 <= FRESH_WITHIN_MS)) tally.violate('figures older than 5 s', milliseconds(p99));
}

async function attemptOnce(stage: Stage, links: Map<Service, Link>, trial: Trial): Promise<void> {
  const { random, tally } = trial;
  const client = await Client.create('admin');
  const load = new Load({
    ...{ name: 'G24', client, random, services: stage.services },
    requestsPerSecond: REQUESTS_PER_SECOND,
  });
  const mixed = new Ledger();
  let isOver = false;
  const changing = changeUntil(() => isOver, stage, client, mixed, trial);
  load.start();
  await sleep(between(random, 300, 1_500));
  await killWhileFolding(stage, links, load, trial);
  await verifyProgress(stage, tally, '--analytics');
  isOver = true;
  await Promise.all([load.stop(), changing]);
  client.close();
  for (const ledger of [load.ledger, mixed]) tally.count(ledger, stage.services);
  await auditRecords(stage.postgres, load.ledger, tally);
  await auditFigures(stage, tally);
}

/** Each learner waits for an answer before the next request: a transaction changes a record once. */
async function changeUntil(
  isOver: () => boolean,
  { services }: Stage,
  client: Client,
  ledger: Ledger,
  { random, tally }: Trial,
): Promise<void> {
  await inParallel(numbered(`G24-${tally.times}`, LEARNERS), LEARNERS, async (name) => {
    const changes = new AnyChange(random, name, 1);
    while (!isOver()) {
      const up = services.filter((service) => service.up);
      const { port } = pick(random, up.length > 0 ? up : services).link;
      const answer = await changes.send((query, variables) => client.send(port, query, variables));
      ledger.note(answer);
      await sleep(between(random, 0, PAUSE_MS));
    }
  });
}

async function killWhileFolding(
  stage: Stage,
  links: Map<Service, Link>,
  load: Load,
  { random, tally }: Trial,
): Promise<void> {
  const folder = await untilFolding(stage, links);
  if (!folder) {
    tally.violate('nobody folds within 30 s', `trial ${tally.times}`);
    return;
  }
  await sleep(between(random, 0, FOLD_MS));
  if (tally.times % 2 === 0) {
    await folder.kill();
    const recovered = load.untilAcknowledged(folder.link.port);
    await folder.start(stage.sabotage);
    tally.recovered(await recovered);
  } else {
    await stage.postgres.killAll();
    const recovered = load.untilAcknowledged();
    await stage.postgres.start();
    for (const link of links.values()) link.retarget(stage.postgres.direct.port);
    tally.recovered(await recovered);
  }
}

async function untilFolding(
  { postgres }: Stage,
  links: Map<Service, Link>,
): Promise<Service | null> {
  const deadline = performance.now() + FOLDS_WITHIN_MS;
  while (performance.now() < deadline) {
    const [session] = await postgres.query<{ port: number }>(FOLDING);
    const folder = [...links].find(([, link]) => session && link.leadsFrom(session.port));
    if (folder) return folder[0];
    await sleep(LOOK_EVERY_MS);
  }
  return null;
}
