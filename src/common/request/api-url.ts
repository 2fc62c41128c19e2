import { GRAPHQL_PATH } from './graphql-path.js';

/**
 * Recognizes the API's path and its aliases (`GRAPHQL_PATHS`) in a request's URL.
 * @returns the URL with the API's own path in place of an alias; null when it is not the API's.
 */
export function apiUrl(aliases: readonly string[]): (url: string) => string | null {
  const paths = new Set([GRAPHQL_PATH, ...aliases]);
  return (url) => {
    // Almost every request.
    if (url === GRAPHQL_PATH) return url;
    const end = url.indexOf('?');
    const path = end === -1 ? url : url.slice(0, end);
    if (!paths.has(path)) return null;
    return path === GRAPHQL_PATH ? url : GRAPHQL_PATH + url.slice(path.length);
  };
}
