import { expect } from 'vitest';
import { analyticsWorld, AS_OF, INSTRUCTOR, TIME_ZONE } from '../builders/analytics-world.ts';
import { holdFigures } from './analytics.ts';
import type { GraphqlClient } from './graphql-client.ts';
import { startTestApp, type TestApp } from './test-app.ts';

export interface AnalyticsStage {
  service: TestApp;
  instructor: GraphqlClient;
  administrator: GraphqlClient;
  /** Lets the figures go, and holds them again: built, or not. */
  holdAgain(built: boolean): Promise<void>;
  close(): Promise<void>;
}

/** The service with the course whose figures are worked out by hand, which nobody else changes. */
export async function startAnalyticsStage(): Promise<AnalyticsStage> {
  const service = await startTestApp({
    catalogue: { users: [], courses: [] },
    // However long ago the days of the example are by now.
    environment: { ANALYTICS_DAYS_KEPT: '36500' },
  });
  const { pool } = service.database;
  const hold = (built: boolean) => holdFigures(pool, { asOf: AS_OF, timeZone: TIME_ZONE, built });
  let letGo = await hold(true);
  await analyticsWorld(pool);
  return {
    service,
    instructor: await service.as({ sub: INSTRUCTOR, role: 'instructor' }),
    administrator: await service.as({ sub: 'ADMINISTRATOR', role: 'admin' }),
    async holdAgain(built) {
      await letGo();
      letGo = await hold(built);
    },
    async close() {
      await letGo();
      await service.close();
    },
  };
}

/** The answer to the one operation of the document. */
export async function dataOf(
  client: GraphqlClient,
  document: string,
  variables: Record<string, unknown> = {},
): Promise<any> {
  const { data, errors } = await client.request(document, variables);
  expect(errors).toBeUndefined();
  return Object.values(data as object)[0];
}

export async function refusalOf(
  client: GraphqlClient,
  document: string,
  variables: Record<string, unknown> = {},
) {
  const { errors } = await client.request(document, variables);
  return errors![0]!.extensions;
}
