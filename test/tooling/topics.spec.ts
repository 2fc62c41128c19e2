/// <reference types="vite/types/importMeta.d.ts" />
import { expect, it } from 'vitest';
import { LANES, TOPICS } from '../../src/modules/outbox/topics.js';

const sources = import.meta.glob<string>(['../../src/**/*.ts', '!../../src/**/*.spec.ts'], {
  query: '?raw',
  import: 'default',
  eager: true,
});

it('a topic’s name is written in one file: others would go on under an old name', () => {
  const name = new RegExp(`(${Object.values(TOPICS).join('|').replaceAll('.', '\\.')})\\b`);
  const written = Object.entries(sources).filter(([, text]) => name.test(text));
  expect(written.map(([file]) => file)).toEqual(['../../src/modules/outbox/topics.ts']);
});

it('each topic has one lane: entries without a lane would never be claimed', () => {
  const topics = LANES.flatMap((lane) => lane.topics);
  expect(topics.toSorted()).toEqual(Object.values(TOPICS).sort());
});
