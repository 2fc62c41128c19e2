/**
 * Headers that prove that no page of another site made a browser send a GET: for each of these, the browser would have
 * asked first (CORS). Every client sends `authorization`, so a plain GET works. A browser may add HTTP Basic
 * credentials to that header by itself, but these are no token, and are refused.
 */
export const CSRF_PREVENTION = {
  requestHeaders: ['authorization', 'x-apollo-operation-name', 'apollo-require-preflight'],
};
