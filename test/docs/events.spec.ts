import { expect, it } from 'vitest';
import * as subjects from '../../src/common/nats/subjects.js';
import { EVENT_TOPICS } from '../../src/modules/outbox/topics.js';
import { codes, readText, tablesBelow } from './page.ts';

const page = readText('docs/events.md');

it('docs/events.md says of every event when it is published', () => {
  const described = tablesBelow(page, '# Events')[0]!.map(([subject]) => codes(subject!)[0]);
  expect(described.toSorted()).toEqual([...EVENT_TOPICS].sort());
});

it('docs/events.md shows an example of every event', () => {
  const examples = [...page.matchAll(/```json\n([^]*?)```/g)].map(
    ([, example]) => (JSON.parse(example!) as { type: string }).type,
  );
  expect(examples.toSorted()).toEqual([...EVENT_TOPICS].sort());
});

it('docs/events.md names every subject that this service listens to', () => {
  const listened = Object.values(subjects).filter((subject) => typeof subject === 'string');
  const named = codes(page.slice(page.indexOf('## What this service listens to')));
  expect(listened.filter((subject) => !named.includes(subject))).toEqual([]);
});
