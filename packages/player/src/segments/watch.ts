import type { Clock } from '../clock.js';
import { listen } from '../listen.js';
import type { Medium } from '../medium.js';
import type { Segmenter } from './segmenter.js';

const TICK_MS = 1_000;

/** What the page asks of a medium that is watched. */
export interface Watch {
  /** Seals what was played until now. */
  seal(): void;
  stop(): void;
}

/** Reads a medium whenever it says something, and once a second, for the segmenter. */
export function watch(medium: Medium, clock: Clock, segmenter: Segmenter): Watch {
  const sample = () => {
    clock.check(segmenter.breakOff);
    // Once it loads another source the position is 0, before it says so.
    if (!medium.readyState) seek();
    else if (!medium.seeking) segmenter.sample(medium, Date.now());
  };
  const seek = () => segmenter.seek(medium, Date.now());
  const stop = () => medium.seeking || segmenter.stop(medium, Date.now());
  const seal = () => {
    sample();
    segmenter.seal();
  };
  const unlisten = listen(medium, {
    timeupdate: sample,
    playing: sample,
    seeked: sample,
    ratechange: sample,
    seeking: seek,
    // The position is 0 already.
    emptied: seek,
    pause: stop,
    ended: stop,
  });
  // Last: what is no medium throws above, and leaves nothing running.
  const timer = setInterval(sample, TICK_MS);
  return {
    seal,
    stop() {
      seal();
      clearInterval(timer);
      unlisten();
    },
  };
}
