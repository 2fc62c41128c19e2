import { isAtTheEnd, Run, STEP, type Sample } from './run.js';

/** A stretch in whole seconds of media; `at`: when `to` was reached, in milliseconds by the device's clock. */
export interface Piece {
  from: number;
  to: number;
  rate: number;
  at: number;
}

/** What becomes of pieces. */
export interface PieceSink {
  /** The open piece begins, or has grown. */
  grow(piece: Piece): void;
  /** The open piece never changes again. */
  seal(): void;
  /** Playback stands still here. */
  mark(piece: Piece): void;
}

/** A run this short that ends in a seek is scrubbing, in seconds of the learner's time. */
const SHORTEST_RUN = 0.1;
/** How far a medium may go on while the clock is set, in seconds at its rate. */
const CARRIED_SECONDS = 2;
const SLOWEST = 0.1;
const FASTEST = 16;

/**
 * Cuts what a medium plays into pieces. A pure function of its samples: it reads no clock and no medium.
 *
 * Pieces end at whole seconds, and are dated by when the medium crossed them, not by when that was noticed. So pieces
 * that meet share a border, and no second is claimed twice or lost.
 */
export class Segmenter {
  private run: Run | undefined;
  private open: Piece | undefined;
  private last: Pick<Sample, 'position' | 'wall'> = { position: 0, wall: 0 };
  private carried: { from: number; position: number } | undefined;

  constructor(
    private readonly beatSeconds: number,
    private readonly sink: PieceSink,
  ) {}

  /** Whenever the medium can be read, but not while it seeks: its position is the target then. */
  sample(sample: Sample): void {
    if (this.run) this.follow(this.run, sample);
    if (!this.run && sample.playing) this.begin(sample);
    this.last = sample;
  }

  /** The medium begins to seek: where it was follows from the last sample, since its position is the target already. */
  seek(sample: Sample): void {
    const { run, last } = this;
    if (run) {
      const elapsed = Math.min(sample.wall - last.wall, 1_500) / 1_000;
      const left = Math.min(last.position + elapsed * run.rate, sample.duration || Infinity);
      const loops = sample.position < 0.5 && isAtTheEnd(left, sample.duration, run.rate);
      if (loops) this.end(Math.round(sample.duration));
      else this.end(left, true);
    }
    this.last = sample;
  }

  /** The medium was paused, or came to its end. */
  stop(sample: Sample): void {
    const { run } = this;
    if (run) {
      // At its end a medium may tell an old position; one that stops with an error says that it ended, too.
      const tolerance = sample.ended ? STEP * run.unit : 0.05;
      if (sample.position >= sample.duration - tolerance) this.end(Math.round(sample.duration));
      else {
        this.end(sample.position);
        const here = Math.floor(sample.position + 1e-3);
        this.sink.mark({ from: here, to: here, rate: run.rate, at: sample.wall });
      }
    }
    this.last = sample;
  }

  /** What was played until now never changes again; playback goes on. */
  seal(): void {
    if (!this.open) return;
    if (this.run) this.run.from = this.open.to;
    this.open = undefined;
    this.sink.seal();
  }

  /** The device's clock is another one from the next sample on. */
  breakOff(): void {
    if (!this.run) return;
    const { run, last } = this;
    this.grow(run, last.position);
    this.seal();
    this.carried = { from: run.from, position: last.position };
    this.run = undefined;
  }

  private begin(sample: Sample): void {
    if (!(sample.rate >= SLOWEST && sample.rate <= FASTEST)) return;
    const { carried } = this;
    this.carried = undefined;
    this.run = new Run(sample);
    if (!carried) return;
    const moved = sample.position - carried.position;
    if (moved > 0 && moved < CARRIED_SECONDS * this.run.unit) this.run.from = carried.from;
  }

  private follow(run: Run, sample: Sample): void {
    const { last } = this;
    if (sample.stopped) return this.stop(sample);
    if (sample.rate !== run.rate) return this.end(sample.position);
    if (!run.accepts(sample, last.position)) return this.end(last.position, true);
    if (sample.position - run.start >= SHORTEST_RUN * run.rate) this.grow(run, sample.position);
  }

  private end(position: number, inSeek = false): void {
    const { run } = this;
    if (!run) return;
    if (!inSeek || position - run.start >= SHORTEST_RUN * run.rate) this.grow(run, position);
    this.seal();
    this.run = undefined;
  }

  private grow(run: Run, position: number): void {
    const to = Math.floor(position + 1e-3);
    while (to > (this.open?.to ?? run.from)) {
      this.open ??= { from: run.from, to: run.from, rate: run.rate, at: 0 };
      this.open.to = Math.min(to, this.open.from + this.beatSeconds);
      this.open.at = run.wallAt(this.open.to);
      this.sink.grow(this.open);
      if (this.open.to - this.open.from >= this.beatSeconds) this.seal();
    }
  }
}
