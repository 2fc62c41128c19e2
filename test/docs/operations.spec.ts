import { buildSchema, parse, validate } from 'graphql';
import { globSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { registry } from '../../src/common/metrics/registry.js';
import { ENVIRONMENT_VARIABLES } from '../../src/config/environment.js';
import { startTestApp, type TestApp } from '../support/test-app.ts';
import { codes, readText, tablesBelow } from './page.ts';

const page = readText('docs/operations.md');

/** Whatever is part of a metric's name beyond the name that it is declared with. */
const SERIES = /_(bucket|sum|count)$/;

const LAST_SUCCESS = 'progress_job_last_success_timestamp_seconds';

describe('the metrics of docs/operations.md', () => {
  let service: TestApp;
  let metrics: Awaited<ReturnType<typeof declared>>;
  beforeAll(async () => {
    // Other tests of this worker may have had jobs of their own.
    registry.getSingleMetric(LAST_SUCCESS)!.reset();
    service = await startTestApp({ environment: { RATE_LIMIT_DISABLED: 'false' } });
    metrics = await declared();
  });
  afterAll(() => service.close());

  it('are those of the service, with their types and labels', () => {
    const documented = tablesBelow(page, '## Metrics')[0]!.map(([name, type, labels]) => ({
      name: codes(name!)[0],
      type,
      labels: codes(labels!),
    }));
    const own = metrics.filter(({ name }) => name.startsWith('progress_'));
    expect(documented.toSorted(byName)).toEqual(own.toSorted(byName));
  });

  it('are those of all background jobs', async () => {
    const metric = registry.getSingleMetric(LAST_SUCCESS)!;
    const jobs = (await metric.get()).values.map(({ labels }) => labels['job']);
    const documented = tablesBelow(page, '### Background jobs')[0]!.map(([job]) => codes(job!)[0]);
    expect(documented.toSorted()).toEqual(jobs.toSorted());
  });

  it('are what its alerts ask for', () => {
    const names = new Set([...metrics.map(({ name }) => name), 'up']);
    const asked = page.match(/\b(progress|nodejs)_[a-z_0-9]+\b/g)!;
    const unknown = asked.filter(
      (name) => !names.has(name) && !names.has(name.replace(SERIES, '')),
    );
    expect(unknown).toEqual([]);
  });
});

const byName = (a: { name?: string | undefined }, b: { name?: string | undefined }): number =>
  (a.name ?? '').localeCompare(b.name ?? '');

async function declared(): Promise<{ name: string; type: string; labels: string[] }[]> {
  const values = await registry.getMetricsAsJSON();
  return values.map(({ name, type }) => {
    const metric = registry.getSingleMetric(name) as unknown as { labelNames: string[] };
    return { name, type: String(type), labels: [...metric.labelNames] };
  });
}

describe('docs/operations.md', () => {
  it('speaks of variables that there are', () => {
    const variables = page.match(
      /\b(DB|NATS|JWT|LOG|WRITE|OUTBOX|RATE_LIMIT|COURSE|MAX|REFUSE|SHUTDOWN|TRUST)_[A-Z_]+\b/g,
    )!;
    expect(variables.filter((name) => !ENVIRONMENT_VARIABLES.includes(name))).toEqual([]);
  });

  it('has operations that the schema knows', () => {
    const schema = buildSchema(readText('src/schema.gql'));
    const documents = [...page.matchAll(/```graphql\n([^]*?)```/g)].map(([, text]) => text!);
    expect(documents).not.toHaveLength(0);
    for (const text of documents) expect(validate(schema, parse(text))).toEqual([]);
  });

  it('has every message of the logs, and no other', () => {
    expect([...documented.keys()].toSorted()).toEqual([...logged.keys()].toSorted());
  });

  it('gives each message the level that it is logged with', () => {
    for (const [message, level] of logged) {
      if (level !== null) expect.soft(documented.get(message), message).toBe(level);
    }
  });
});

const documented = new Map(
  tablesBelow(page, '## Logs')[1]!.map(([message, level]) => [codes(message!)[0]!, level]),
);

/** The messages in the sources, with their levels: of a call, or of a job's `failure`; null where it is chosen as the code runs. */
const logged = new Map<string, string | null>();
const LOGGED = /(?:logger\.(\w+)\(\{\s*|level: '(\w+)', )?msg: '([^']+)'/g;
for (const path of globSync('src/**/*.ts', { exclude: ['**/*.spec.ts'] })) {
  for (const [, method, declared, message] of readText(path).matchAll(LOGGED)) {
    const level = method === 'log' ? 'info' : (method ?? declared ?? null);
    logged.set(message!, logged.get(message!) === null ? null : level);
  }
}
