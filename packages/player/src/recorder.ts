import type { Beat } from './beat.js';
import type { Clock } from './clock.js';
import type { Settings } from './options.js';
import type { Outbox } from './queue/outbox.js';
import type { Queue } from './queue/queue.js';
import type { Piece, PieceSink } from './segments/segmenter.js';
import type { Session } from './session.js';

/** Makes beats of pieces, and writes each down before anything else happens to it. */
export class Recorder implements PieceSink {
  private open: Beat | undefined;

  constructor(
    private readonly settings: Settings,
    private readonly session: Session,
    private readonly clock: Clock,
    private readonly outbox: Outbox,
    private readonly queue: Queue,
    private readonly onSealed: (isMark: boolean) => void,
  ) {}

  grow({ from, to, rate, at }: Piece): void {
    const { userId, courseId, lessonId } = this.settings;
    this.open ??= {
      ...this.session.next(),
      ...{ userId, courseId, lessonId, from, to, rate, at },
      base: this.clock.base,
      open: true,
    };
    // Rounded down, since the service rounds down.
    Object.assign(this.open, { to, at: Math.floor(at), offset: this.clock.offset });
    this.write(this.open);
  }

  seal(): void {
    this.finish(false);
  }

  mark(piece: Piece): void {
    this.grow(piece);
    this.finish(true);
  }

  private finish(isMark: boolean): void {
    const beat = this.open;
    if (!beat) return;
    this.open = undefined;
    beat.open = false;
    this.write(beat);
    this.onSealed(isMark);
  }

  private write(beat: Beat): void {
    this.outbox.add(beat);
    void this.queue.put([beat]);
  }
}
