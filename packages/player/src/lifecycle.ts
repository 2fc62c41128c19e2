import { listen } from './listen.js';

/**
 * Follows what happens to a page, as far as it matters for what waits to be sent.
 *
 * @param hidden the page may never run again: what is to be sent must be sent before this returns
 * @param frozen the page stops running, without being hidden first
 * @param left the page is closed, or kept by the browser
 * @param back the page was kept, and is there again
 * @returns how to stop listening
 */
export function followPage(
  hidden: () => void,
  frozen: () => void,
  left: () => void,
  back: () => void,
  online: () => void,
): () => void {
  return listen(window, {
    visibilitychange: () => document.visibilityState === 'hidden' && hidden(),
    freeze: frozen,
    pagehide: left,
    pageshow: ({ persisted }: PageTransitionEvent) => persisted && back(),
    online,
  });
}
