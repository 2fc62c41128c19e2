import { buildSchema, Kind, parse } from 'graphql';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { SANDBOX } from '../../sandbox/catalogue.ts';
import { markFiguresBuilt } from '../support/analytics.ts';
import { startTestApp, type TestApp } from '../support/test-app.ts';
import { examplesOf, type Example } from './examples.ts';
import { readText } from './page.ts';

const examples = examplesOf(readText('docs/api.md'));
const PEOPLE = new Map([
  ['learner', SANDBOX.learners[0]!],
  ['instructor', SANDBOX.instructors[0]!],
  ['administrator', SANDBOX.administrator],
]);

describe('docs/api.md', () => {
  it('has an example of every operation of the schema', () => {
    const schema = buildSchema(readText('src/schema.gql'));
    const operations = [schema.getQueryType(), schema.getMutationType()].flatMap((type) =>
      Object.keys(type!.getFields()),
    );
    const shown = new Set(examples.flatMap(({ document }) => rootFields(document)));
    expect(operations.filter((name) => !shown.has(name))).toEqual([]);
  });
});

describe('the examples of docs/api.md', () => {
  let service: TestApp;
  beforeAll(async () => {
    service = await startTestApp();
    await markFiguresBuilt(service.database.pool);
  });
  afterAll(() => service.close());

  it('answer as the page says, one after the other', async () => {
    const reader = new Reader(service);
    for (const example of examples) await reader.follow(example);
  });
});

/** Somebody who works through the page, replacing its placeholders as it says. */
class Reader {
  private readonly startedAt = Date.now();
  private progressId = 'PROGRESS_ID';

  constructor(private readonly service: TestApp) {}

  async follow(example: Example): Promise<void> {
    const attempt = async () => {
      const answer = await this.ask(example);
      expect(answer, example.title).toEqual(this.expected(example));
    };
    if (example.eventually) await vi.waitFor(attempt, { timeout: 10_000 });
    else await attempt();
  }

  private async ask({ person, document }: Example): Promise<object> {
    const somebody = PEOPLE.get(person);
    if (!somebody)
      throw new Error(`the page speaks of “${person}”, whom the sandbox does not have`);
    const client = await this.service.as({ sub: somebody.id, role: somebody.role });
    const { data, errors } = await client.request(this.filledIn(document));
    if (this.progressId === 'PROGRESS_ID' && data?.createUserProgress) {
      this.progressId = data.createUserProgress.data.id;
    }
    return { ...(errors && { errors }), data };
  }

  private expected({ answer }: Example): unknown {
    return JSON.parse(this.filledIn(answer), (_key, value: unknown) =>
      value === '…' ? expect.any(String) : value,
    );
  }

  private filledIn(text: string): string {
    return text
      .replaceAll('PROGRESS_ID', this.progressId)
      .replaceAll(/AGO_(\d+)/g, (_, seconds) =>
        new Date(this.startedAt - Number(seconds) * 1_000).toISOString(),
      );
  }
}

function rootFields(document: string): string[] {
  return parse(document).definitions.flatMap((definition) =>
    definition.kind === Kind.OPERATION_DEFINITION
      ? definition.selectionSet.selections.flatMap((selection) =>
          selection.kind === Kind.FIELD ? [selection.name.value] : [],
        )
      : [],
  );
}
