import { parse, type OperationDefinitionNode } from 'graphql';
import { expect, it } from 'vitest';
import { rootFields } from './root-fields.js';
import { sentEntries } from './sent-entries.js';

function entries(text: string, variables?: Record<string, unknown>): number {
  const document = parse(text);
  const { sent } = rootFields(document, document.definitions[0] as OperationDefinitionNode);
  return sentEntries(sent, variables);
}

const list = (length: number) => Array.from({ length }, (_, seq) => ({ seq }));

it('counts beats in a document, in a variable, and in a variable for the whole input', () => {
  expect(entries('mutation { watch(input: { beats: [{ seq: 0 }, { seq: 1 }] }) }')).toBe(2);
  expect(entries('mutation ($b: [B]) { watch(input: { beats: $b }) }', { b: list(500) })).toBe(500);
  expect(entries('mutation ($i: I) { watch(input: $i) }', { i: { beats: list(7) } })).toBe(7);
  expect(entries('mutation ($x: B) { watch(input: { beats: [$x, $x] }) }', { x: { seq: 1 } })).toBe(
    2,
  );
});

it('counts beats once for each alias that shares them, also through fragments', () => {
  const aliases = Array.from({ length: 20 }, (_, n) => `a${n}: watch(beats: $b)`).join(' ');
  expect(entries(`mutation ($b: [B]) { ${aliases} }`, { b: list(500) })).toBe(10_000);
  expect(
    entries(
      'mutation ($b: [B]) { ...F x: watch(beats: $b) } fragment F on M { watch(beats: $b) }',
      {
        b: list(3),
      },
    ),
  ).toBe(6);
});

it('counts one field once, however often the document names it', () => {
  expect(entries('mutation ($b: [B]) { watch(beats: $b) watch(beats: $b) }', { b: list(3) })).toBe(
    3,
  );
});

it('counts the default of a variable that was not sent', () => {
  const text = 'mutation ($b: [B] = [{ seq: 0 }]) { watch(beats: $b) }';
  expect(entries(text)).toBe(1);
  expect(entries(text, { b: list(2) })).toBe(2);
  expect(entries(text, { b: null })).toBe(0);
});

it('is not troubled by values that are nested without end', () => {
  let deep: unknown = [];
  for (let level = 0; level < 100_000; level += 1) deep = [deep];
  expect(entries('mutation ($b: [B]) { watch(beats: $b) }', { b: deep })).toBeLessThan(100);
});

it('costs a single beat next to nothing', () => {
  const document = parse('mutation ($i: I) { watch(input: $i) }');
  const { sent } = rootFields(document, document.definitions[0] as OperationDefinitionNode);
  const variables = { i: { userId: 'u', lessonId: 'l', sessionId: 's', beats: list(1) } };
  const begun = performance.now();
  for (let index = 0; index < 100_000; index += 1) sentEntries(sent, variables);
  expect((performance.now() - begun) / 100_000).toBeLessThan(0.02);
});
