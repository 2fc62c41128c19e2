import { buildSchema, parse, type OperationDefinitionNode } from 'graphql';
import { expect, it } from 'vitest';
import { QueryCost } from './query-cost.js';

const schema = buildSchema(`
  type Query { list(limit: Int = 12): [Item!]! }
  type Item { part: Part! }
  type Part { name: String! }
`);

/** What a list of an item and its part costs, as the refusal says it. */
function costOf(page: string, variables?: Record<string, unknown>): unknown {
  const document = parse(`query ($limit: Int) { list${page} { part { name } } }`);
  const operation = document.definitions[0] as OperationDefinitionNode;
  try {
    const cost = new QueryCost(0);
    cost.check(cost.of(schema, document, operation, variables));
  } catch (error) {
    return (error as { details: { cost: unknown } }).details.cost;
  }
  throw new Error('a limit of nothing refuses everything');
}

it('counts what is in a page as often as the page is long', () => {
  expect(costOf('(limit: 100)')).toBe(110);
  expect(costOf('(limit: $limit)', { limit: 50 })).toBe(60);
});

it('takes a length that is null for the default, as the answer does', () => {
  const byDefault = costOf('');
  expect(byDefault).toBe(22);
  expect(costOf('(limit: null)')).toBe(byDefault);
  expect(costOf('(limit: $limit)', { limit: null })).toBe(byDefault);
  expect(costOf('(limit: $limit)', {})).toBe(byDefault);
});

it('prices an operation again for each number that decides what it reads', () => {
  const lessons = buildSchema('type Query { lesson(firstSeconds: Int): Int }');
  lessons.getQueryType()!.getFields()['lesson']!.extensions = {
    complexity: ({ args }: { args: { firstSeconds?: number } }) => args.firstSeconds ?? 600,
  };
  const document = parse('query ($seconds: Int) { lesson(firstSeconds: $seconds) }');
  const operation = document.definitions[0] as OperationDefinitionNode;
  const cost = new QueryCost(0);
  const costs = [20, 30, null, undefined, 20].map((seconds) =>
    cost.of(lessons, document, operation, { seconds }),
  );
  expect(costs).toEqual([20, 30, 600, 600, 20]);
});

it('prices an operation again for each size of its page, and takes it back from memory', () => {
  const document = parse(
    'query ($limit: Int, $yes: Boolean!) { list(limit: $limit) @include(if: $yes) { part { name } } }',
  );
  const operation = document.definitions[0] as OperationDefinitionNode;
  const cost = new QueryCost(60);
  const isRefused = (variables: Record<string, unknown>): boolean => {
    try {
      cost.check(cost.of(schema, document, operation, variables));
      return false;
    } catch {
      return true;
    }
  };
  for (let repeat = 0; repeat < 2; repeat += 1) {
    expect(isRefused({ limit: 50, yes: true })).toBe(false);
    expect(isRefused({ limit: 51, yes: true })).toBe(true);
    expect(isRefused({ limit: 51, yes: false })).toBe(false);
    expect(isRefused({ limit: null, yes: true })).toBe(false);
    expect(isRefused({ yes: true })).toBe(false);
    // Execution refuses these.
    expect(isRefused({ limit: '51', yes: true })).toBe(false);
  }
});
