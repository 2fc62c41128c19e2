import { Logger } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Environment } from '../../config/environment.js';
import { apiUrl } from '../../common/request/api-url.js';
import { Draining } from '../../common/health/draining.js';
import { leaveMetrics } from '../../common/metrics/metrics-of-all.js';
import { primary } from '../../common/workers/primary.js';
import { drain } from './drain.js';
import { STOP_SIGNALS } from './end-on-signals.js';
import { endProcess } from './end-process.js';
import { untilUnconnected } from './until-unconnected.js';

const DRAIN_AT_LEAST_MS = 1_500;
const QUIET_MS = 1_000;
/** Share of SHUTDOWN_GRACE_MS; the rest is for finishing requests that have begun. */
const DRAIN_AT_MOST = 0.5;

/**
 * At SIGTERM or SIGINT, the process first goes on serving while it sends clients away (`connection: close`, not ready).
 * Then it closes, so no request is cut off. After SHUTDOWN_GRACE_MS it ends in any case.
 */
export function stopOnSignals(app: NestFastifyApplication, environment: Environment): void {
  const logger = new Logger('Stop');
  const draining = app.get(Draining, { strict: false });
  let stopping: Promise<void> | undefined;
  const toApi = apiUrl(environment.GRAPHQL_PATHS);

  const stop = async (): Promise<void> => {
    setTimeout(() => {
      logger.error({ msg: 'did not stop in time' });
      void endProcess(1);
    }, environment.SHUTDOWN_GRACE_MS).unref();
    if (environment.NODE_ENV === 'production' && draining.leavesAddress) {
      await drain(app.getHttpServer(), (url) => toApi(url) !== null, {
        atLeastMs: DRAIN_AT_LEAST_MS,
        quietMs: QUIET_MS,
        atMostMs: environment.SHUTDOWN_GRACE_MS * DRAIN_AT_MOST,
      });
    }
    await app.close();
    await leaveMetrics();
    await endProcess(0);
  };

  const stopOnce = (): void => {
    stopping ??= stop().catch((error: unknown) => {
      logger.error({ msg: 'could not stop cleanly', err: error });
      void endProcess(1);
    });
  };

  for (const signal of STOP_SIGNALS) {
    process.on(signal, () => {
      if (!draining.leavesAddress) logger.log({ msg: 'stopping', signal });
      draining.begin();
      stopOnce();
    });
  }
  primary?.answer('retire', () => {
    draining.beginReplaced();
    logger.log({ msg: 'another worker takes over' });
    // The primary hands further connections to other workers.
    const http = app.getHttpServer();
    http.maxConnections = 0;
    void untilUnconnected(http).then(stopOnce);
    return true;
  });
}
