import { expect, it } from 'vitest';
import { apiUrl } from './api-url.js';
import { GRAPHQL_PATH } from './graphql-path.js';

const toApi = apiUrl(['/user-progress']);

it.each([
  [GRAPHQL_PATH, GRAPHQL_PATH],
  [`${GRAPHQL_PATH}?query=1`, `${GRAPHQL_PATH}?query=1`],
  ['/user-progress', GRAPHQL_PATH],
  ['/user-progress?query={__typename}', `${GRAPHQL_PATH}?query={__typename}`],
  ['/user-progress/metrics', null],
  ['/metrics?/user-progress', null],
  ['/', null],
])('serves %s as %s', (url, served) => {
  expect(toApi(url)).toBe(served);
});
