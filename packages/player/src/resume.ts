import type { Beat } from './beat.js';
import type { Progress } from './events.js';
import type { Medium } from './medium.js';

/**
 * Where to go on: what the service knows, or what waits on this device, whichever is there.
 *
 * @param record undefined when the service could not be asked; null when the lesson was not begun
 */
export function positionOf(record: Progress | null | undefined, waiting: readonly Beat[]): number {
  const latest = [...waiting].sort((one, other) => other.at - one.at)[0];
  return latest?.to ?? record?.position_seconds ?? 0;
}

/** Seeks as soon as the medium knows its length. At the end it begins anew. */
export function seekOnce(medium: Medium, position: number): number {
  const HAVE_METADATA = 1;
  if (medium.readyState < HAVE_METADATA) {
    const ready = () => {
      medium.removeEventListener('loadedmetadata', ready);
      seekOnce(medium, position);
    };
    medium.addEventListener('loadedmetadata', ready);
    return position;
  }
  const target = position < Math.floor(medium.duration) || !(medium.duration > 0) ? position : 0;
  if (target > 0) medium.currentTime = target;
  return target;
}
