import { listen } from './listen.js';
import type { Medium } from './medium.js';

/**
 * Seeks as soon as the medium knows its length. At the end it begins anew.
 *
 * @param isOver whether the medium is not this player's any more: another lesson may have begun in it
 * @returns where it seeks, as far as known
 */
export function seekOnce(medium: Medium, position: number, isOver: () => boolean): number {
  const { readyState, duration } = medium;
  if (isOver()) return position;
  if (readyState < 1) {
    const unlisten = listen(medium, {
      loadedmetadata() {
        unlisten();
        seekOnce(medium, position, isOver);
      },
    });
  } else {
    if (position >= Math.floor(duration)) return 0;
    // Also a seek to where it is would interrupt it.
    if (position > 0) medium.currentTime = position;
  }
  return position;
}
