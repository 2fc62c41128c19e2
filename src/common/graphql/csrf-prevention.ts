/**
 * Headers that show that no foreign page made a browser send a GET: with each of these, the browser would have asked
 * first whether it may (CORS). `authorization` is what every client sends, so that a plain GET works. Credentials that
 * a browser adds by itself (HTTP Basic) have that header too, but are no token, and are refused.
 */
export const CSRF_PREVENTION = {
  requestHeaders: ['authorization', 'x-apollo-operation-name', 'apollo-require-preflight'],
};
