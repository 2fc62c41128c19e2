import type { Beat } from './beat.js';
import type { Clock } from './clock.js';
import type { Settings } from './options.js';
import type { Queue } from './queue/queue.js';
import type { Piece } from './segments/segmenter.js';
import type { Session } from './session.js';

/**
 * Makes beats of pieces, and writes each down before anything else happens to it.
 *
 * @param onSealed `stands`: playback stands still
 */
export function createRecorder(
  { userId, courseId, lessonId }: Settings,
  session: Session,
  clock: Clock,
  queue: Queue,
  onSealed: (stands: boolean) => void,
): (piece: Piece) => void {
  let beat: Beat | undefined;

  return (piece) => {
    beat ??= { ...session.next(), userId, courseId, lessonId, base: clock.base() } as Beat;
    void queue.put([Object.assign(beat, piece, { offset: clock.offset() })]);
    if (piece.open) return;
    beat = undefined;
    onSealed(piece.from === piece.to);
  };
}
