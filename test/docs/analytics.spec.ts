import { afterAll, beforeAll, expect, it } from 'vitest';
import { analyticsWorld, AS_OF, INSTRUCTOR, TIME_ZONE } from '../builders/analytics-world.ts';
import { holdFigures } from '../support/analytics.ts';
import { startTestApp, type TestApp } from '../support/test-app.ts';
import { examplesOf } from './examples.ts';
import { readText } from './page.ts';

const PEOPLE: Record<string, { sub: string; role: string }> = {
  instructor: { sub: INSTRUCTOR, role: 'instructor' },
  administrator: { sub: 'ADMINISTRATOR', role: 'admin' },
  learner: { sub: 'r1', role: 'user' },
};

let service: TestApp;
let letGo: () => Promise<void>;
beforeAll(async () => {
  service = await startTestApp({
    catalogue: { users: [], courses: [] },
    // However long ago the days of the example are by now.
    environment: { ANALYTICS_DAYS_KEPT: '36500' },
  });
  letGo = await holdFigures(service.database.pool, { asOf: AS_OF, timeZone: TIME_ZONE });
  await analyticsWorld(service.database.pool);
});
afterAll(async () => {
  await letGo();
  await service.close();
});

it.each(examplesOf(readText('docs/analytics.md')))(
  'docs/analytics.md: $title',
  async ({ person, document, answer }) => {
    const client = await service.as(PEOPLE[person]!);
    const { data, errors } = await client.request(document);
    expect(errors).toBeUndefined();
    expect({ data }).toEqual(
      JSON.parse(answer, (_key, value: unknown) => (value === '…' ? expect.any(String) : value)),
    );
  },
);
