/** How long a connection may stay open without a request, in milliseconds. Its answers tell the client so. */
export const KEPT_ALIVE_MS = 65_000;
