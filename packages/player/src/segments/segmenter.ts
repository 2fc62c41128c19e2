import type { MediumState } from '../medium.js';
import { secondOf, startRun, STEP, type Run } from './run.js';

/** A stretch in whole seconds of media; `at`: when `to` was reached, in milliseconds by the device's clock. */
export interface Piece {
  from: number;
  to: number;
  rate: number;
  at: number;
  /** Grows. Once it is not open it never changes again. */
  open: boolean;
}

/**
 * Cuts what a medium plays into pieces. It decides by what it is told alone: it reads no clock and no medium.
 *
 * Pieces end at whole seconds, and are dated by when the medium crossed them, not by when that was noticed. So pieces
 * that meet share a border, and no second is claimed twice or lost. `now`: milliseconds by the device's clock.
 */
export interface Segmenter {
  /** Whenever the medium can be read, but not while it seeks: its position is the target then. */
  sample(state: MediumState, now: number): void;
  /** The medium begins to seek. */
  seek(state: MediumState, now: number): void;
  /** The medium was paused, or came to its end. */
  stop(state: MediumState, now: number): void;
  /** What was played until now never changes again; playback goes on. */
  seal(): void;
  /** The device's clock is another one from the next sample on. */
  breakOff(): void;
}

/** A run this short that ends in a seek is scrubbing, in seconds of the learner's time. */
const SHORTEST_RUN = 0.1;
/** How close to its end a medium loops, in seconds at its rate. */
const END = 0.25;
const SLOWEST = 0.1;
const FASTEST = 16;

/**
 * @param beatSeconds a piece's length at most: of the medium, and above 1× of the learner's time
 * @param write is told of a piece when it begins, whenever it has grown, and when it is sealed
 */
export function createSegmenter(beatSeconds: number, write: (piece: Piece) => void): Segmenter {
  let run: Run | undefined;
  let piece: Piece | undefined;
  let last = 0;
  let lastAt = 0;

  const seal = () => {
    if (!piece) return;
    if (run) run.from = piece.to;
    piece.open = false;
    write(piece);
    piece = undefined;
  };
  const grow = ({ from, rate, unit, timeAt }: Run, position: number) => {
    const most = Math.floor(beatSeconds * unit);
    const end = secondOf(position);
    for (let next = piece?.to ?? from; next < end;) {
      piece ??= { from: next, to: next, rate, at: 0, open: true };
      next = piece.to = Math.min(end, piece.from + most);
      piece.at = Math.floor(timeAt(next));
      if (next - piece.from < most) write(piece);
      else seal();
    }
  };
  const isLong = ({ start, rate }: Run, position: number) =>
    position - start >= SHORTEST_RUN * rate;
  const end = (position: number, inSeek?: boolean) => {
    if (!run) return;
    if (!inSeek || isLong(run, position)) grow(run, position);
    seal();
    run = undefined;
  };
  /** The last second counts as the service counts it: rounded. */
  const lastSecond = (position: number, duration: number, tolerance: number) =>
    position >= duration - tolerance ? Math.round(duration) : position;
  const stop = ({ currentTime: position, duration, ended }: MediumState, now: number) => {
    if (run) {
      const { rate, unit } = run;
      // At its end a medium may tell an old position; one that stops with an error says that it ended, too.
      const left = lastSecond(position, duration, ended ? STEP * unit : 0.05);
      end(left);
      const here = secondOf(left);
      write({ from: here, to: here, rate, at: now, open: false });
    }
    last = position;
  };

  return {
    seal,
    stop,
    sample(state, now) {
      const { currentTime: position, playbackRate: rate, paused, ended, readyState } = state;
      const isStopped = paused || ended;
      if (run) {
        if (isStopped) stop(state, now);
        else if (rate !== run.rate) end(position);
        else if (!run.accepts(position, now, last)) end(last, true);
        else if (isLong(run, position)) grow(run, position);
      }
      if (!run && !isStopped && readyState > 2 && rate >= SLOWEST && rate <= FASTEST) {
        run = startRun(state, now);
      }
      last = position;
      lastAt = now;
    },
    seek({ currentTime: target, duration }, now) {
      if (run) {
        // Where it was follows from the last sample. A loop is a seek, too.
        const elapsed = Math.min(now - lastAt, 1_500) / 1_000;
        const left = Math.min(last + elapsed * run.rate, duration || Infinity);
        end(lastSecond(left, duration, END * run.unit), true);
      }
      last = target;
    },
    breakOff() {
      if (!run) return;
      grow(run, last);
      seal();
      run.breakOff();
    },
  };
}
