import type { ReliabilityPromise } from '../promise.ts';
import { serviceKilled } from './g01-service-killed.ts';
import { databaseKilled } from './g02-database-killed.ts';
import { natsKilled } from './g03-nats-killed.ts';
import { oneIntent } from './g05-one-intent.ts';
import { noUnsafePoint } from './g06-no-unsafe-point.ts';
import { lostReplies } from './g07-lost-replies.ts';
import { beatsConverge } from './g08-beats-converge.ts';
import { readsDoNotFlicker } from './g09-reads-do-not-flicker.ts';
import { overload } from './g10-overload.ts';
import { halfOpenDatabase } from './g11-half-open-database.ts';
import { longOutage } from './g12-long-outage.ts';
import { failover } from './g13-failover.ts';
import { lockedTable } from './g14-locked-table.ts';
import { fullDisk } from './g15-full-disk.ts';
import { natsStopped } from './g16-nats-stopped.ts';
import { poison } from './g17-poison.ts';
import { rollingRestart } from './g18-rolling-restart.ts';
import { soak } from './g19-soak.ts';
import { logHeld } from './g21-log-held.ts';
import { clocksJump } from './g22-clocks-jump.ts';
import { hostileLearner } from './g23-hostile-learner.ts';
import { figuresSurvive } from './g24-figures-survive.ts';
import { noDeadlock } from './g25-no-deadlock.ts';

/** In the order of their numbers. */
export const PROMISES: readonly ReliabilityPromise[] = [
  serviceKilled,
  databaseKilled,
  natsKilled,
  oneIntent,
  noUnsafePoint,
  lostReplies,
  beatsConverge,
  readsDoNotFlicker,
  overload,
  halfOpenDatabase,
  longOutage,
  failover,
  lockedTable,
  fullDisk,
  natsStopped,
  poison,
  rollingRestart,
  soak,
  logHeld,
  clocksJump,
  hostileLearner,
  figuresSurvive,
  noDeadlock,
];
