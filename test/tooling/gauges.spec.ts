/// <reference types="vite/types/importMeta.d.ts" />
import { expect, it } from 'vitest';

const SOURCES = import.meta.glob<string>(['../../src/**/*.ts', '!../../src/**/*.spec.ts'], {
  query: '?raw',
  import: 'default',
  eager: true,
});

it('every gauge says how workers’ values become one: unsaid they are summed, and what all read from one table counts several times', () => {
  const gauges = Object.values(SOURCES).flatMap(
    (text) => text.match(/new Gauge\(\{[^]*?\}\)/g) ?? [],
  );
  expect(gauges).not.toHaveLength(0);
  expect(gauges.filter((gauge) => !/aggregator: '(sum|min|max)'/.test(gauge))).toEqual([]);
});
