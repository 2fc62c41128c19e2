import { SignJWT } from 'jose';
import { randomBytes } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { createApp } from '../application.js';
import { MemoryDatabaseModule } from '../common/database/memory-database.module.js';
import { startLogger } from '../common/logging/start-logger.js';
import { withoutLogs } from '../common/logging/without-logs.js';
import { registry } from '../common/metrics/registry.js';
import { withTimeout } from '../common/with-timeout.js';
import type { Environment } from '../config/environment.js';
import { rowsOf } from './memory-rows.js';
import { MemoryNatsModule } from './memory-nats.module.js';
import { practise, type Practised } from './practice-client.js';
import { PRACTICE_IDS } from './practice-requests.js';

/** How long the last answers may take. */
const LAST_ANSWER_MS = 2_000;
/** Seconds for which the token is good. */
const TOKEN_SECONDS = 60;

/**
 * Answers requests for `WARM_UP_MS` before the service is made, so that the first learners after a start do not wait
 * for code that was never executed. The requests go to an application of its own, with a database in memory and without
 * NATS: nothing is written or sent, and no request of anybody else reaches it. A failure is logged, and the service
 * starts anyway.
 */
export async function warmUp(environment: Environment): Promise<void> {
  if (environment.WARM_UP_MS === 0) return;
  const begun = performance.now();
  const logger = startLogger(environment);
  try {
    const practised = await withoutLogs(() => practice(environment));
    const milliseconds = Math.round(performance.now() - begun);
    logger.log({ msg: 'warmed up', ...practised, milliseconds }, 'WarmUp');
  } catch (error) {
    logger.warn({ msg: 'not warmed up', err: error as Error }, 'WarmUp');
  } finally {
    // What was practised is no part of the service's figures.
    registry.resetMetrics();
  }
}

/** @returns how much was practised */
export async function practice(environment: Environment): Promise<Practised> {
  const secret = randomBytes(32);
  const app = await createApp(ofPractice(environment, secret), [
    MemoryDatabaseModule.answering(rowsOf),
    MemoryNatsModule,
  ]);
  try {
    await app.listen(0, '127.0.0.1');
    const token = await new SignJWT({ role: 'user' })
      .setProtectedHeader({ alg: 'HS256' })
      .setSubject(PRACTICE_IDS.userId)
      .setIssuedAt()
      .setExpirationTime(`${TOKEN_SECONDS}s`)
      .sign(Buffer.from(secret.toString('hex')));
    const address = app.getHttpServer().address() as AddressInfo;
    const { WARM_UP_MS } = environment;
    return await withTimeout(WARM_UP_MS + LAST_ANSWER_MS, practise(address, token, WARM_UP_MS));
  } finally {
    await app.close();
  }
}

/** The same settings, but with a token's secret that nobody knows, and without limits. */
const ofPractice = (environment: Environment, secret: Buffer): Environment => ({
  ...environment,
  ...{ JWT_SECRET: secret.toString('hex'), JWKS_URL: '', JWT_ISSUER: '', JWT_AUDIENCE: '' },
  ...{ AUTH_ROLE: 'token', AUTH_VERIFY_USER: false, RATE_LIMIT_DISABLED: true },
  CURSOR_SECRET: secret.toString('hex'),
});
