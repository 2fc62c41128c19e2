/**
 * The one door through which the specs of `src` use what is in `test/`. What loads the framework is imported when it
 * is first used: a spec of a plain rule stays quick.
 */
import type * as edge from './support/edge-app.ts';
import type * as modules from './support/modules.ts';

export { aBeat, anEvidence, EVIDENCE_RULES, secondsAgo } from './builders/evidence.ts';
export { objectId, ulidOf } from './builders/ids.ts';
export { sendRaw } from './security/raw-http.ts';
export type { CatalogStage } from './support/catalog-stage.ts';
export type { CoursePlatform, Handler } from './support/course-services.ts';
export { createTestDatabase, type TestDatabase } from './support/database.ts';
export type { Answer, EdgeApp } from './support/edge-app.ts';
export { edgeEnvironment } from './support/edge-environment.ts';
export { startKeyServer, type KeyServer } from './support/key-server.ts';
export { startNatsServer, type NatsServer } from './support/nats.ts';
export type { OutboxStage } from './support/outbox-stage.ts';
export { addToOutbox, certificateOf, requestCertificate } from './support/outbox.ts';
export { RawConnection } from './support/raw-connection.ts';
export { signToken, TEST_SECRET } from './support/tokens.ts';
export { waitFor } from './support/wait-for.ts';

export const startEdge: typeof edge.startEdge = async (...given) =>
  (await import('./support/edge-app.ts')).startEdge(...given);

export const startModules: typeof modules.startModules = async (...given) =>
  (await import('./support/modules.ts')).startModules(...given);

export const untilConnected: typeof modules.untilConnected = async (...given) =>
  (await import('./support/modules.ts')).untilConnected(...given);

export const catalogStage = () => import('./support/catalog-stage.ts');

export const courseServices = () => import('./support/course-services.ts');

export const heldRequests = () => import('./support/held-requests.ts');

export const outboxStage = () => import('./support/outbox-stage.ts');

/** Bytes of the heap that are in use, after a collection. */
export const heapUsed = async () => (await import('./security/checks.ts')).heapUsed();
