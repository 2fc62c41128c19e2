import { expect, it } from 'vitest';
import { connectionOf } from './connection.js';

const page = (entries: number[], after: string | null) =>
  connectionOf(entries, { first: 2, after }, (entry) => ({ cursor: `c${entry}`, node: entry }));

it('shows as many as were asked for, and knows from one more that there is a next page', () => {
  expect(page([1, 2, 3], null)).toEqual({
    edges: [
      { cursor: 'c1', node: 1 },
      { cursor: 'c2', node: 2 },
    ],
    pageInfo: {
      hasNextPage: true,
      hasPreviousPage: false,
      startCursor: 'c1',
      endCursor: 'c2',
    },
  });
});

it('ends where there are no more than were asked for', () => {
  expect(page([3, 4], 'c2').pageInfo).toMatchObject({ hasNextPage: false, hasPreviousPage: true });
  expect(page([], 'c4')).toEqual({
    edges: [],
    pageInfo: { hasNextPage: false, hasPreviousPage: true, startCursor: null, endCursor: null },
  });
});
