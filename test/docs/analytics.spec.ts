import { afterAll, beforeAll, expect, it } from 'vitest';
import { INSTRUCTOR } from '../builders/analytics-world.ts';
import { startAnalyticsStage, type AnalyticsStage } from '../support/analytics-stage.ts';
import { examplesOf } from './examples.ts';
import { readText } from './page.ts';

const PEOPLE: Record<string, { sub: string; role: string }> = {
  instructor: { sub: INSTRUCTOR, role: 'instructor' },
  administrator: { sub: 'ADMINISTRATOR', role: 'admin' },
  learner: { sub: 'r1', role: 'user' },
};

let stage: AnalyticsStage;
beforeAll(async () => {
  stage = await startAnalyticsStage();
});
afterAll(() => stage.close());

it.each(examplesOf(readText('docs/analytics.md')))(
  'docs/analytics.md: $title',
  async ({ person, document, answer }) => {
    const client = await stage.service.as(PEOPLE[person]!);
    const { data, errors } = await client.request(document);
    expect(errors).toBeUndefined();
    expect({ data }).toEqual(
      JSON.parse(answer, (_key, value: unknown) => (value === '…' ? expect.any(String) : value)),
    );
  },
);
