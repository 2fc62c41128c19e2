import type { Clock } from '../clock.js';
import type { Medium } from '../medium.js';
import type { Sample } from './run.js';
import type { Segmenter } from './segmenter.js';

const TICK_MS = 1_000;
/** After these the medium may be read, and `timeupdate` says nothing more. */
const SAMPLED = ['timeupdate', 'play', 'playing', 'seeked', 'waiting', 'ratechange'];

/** What the page asks of a medium that is watched. */
export interface Watch {
  /** Seals what was played until now. */
  seal(): void;
  stop(): void;
}

/** Reads a medium whenever it says something, and once a second, for the segmenter. */
export function watch(medium: Medium, clock: Clock, segmenter: Segmenter): Watch {
  const read = (): Sample => {
    const { paused, ended, seeking, readyState, currentTime, duration, playbackRate } = medium;
    return {
      position: currentTime,
      duration,
      rate: playbackRate,
      playing: !paused && !ended && !seeking && readyState > 2,
      stopped: paused || ended,
      ended,
      wall: clock.now(),
    };
  };
  const sample = () => {
    if (clock.hasMoved()) {
      segmenter.breakOff();
      clock.renew();
    }
    if (!medium.seeking) segmenter.sample(read());
  };
  const left = () => segmenter.seek(read());
  const stopped = () => {
    if (!medium.seeking) segmenter.stop(read());
  };
  const heard: [string, () => void][] = [
    ...SAMPLED.map((type): [string, () => void] => [type, sample]),
    ['seeking', left],
    // The position is 0 already.
    ['emptied', left],
    ['pause', stopped],
    ['ended', stopped],
  ];
  for (const [type, listener] of heard) medium.addEventListener(type, listener);
  const timer = setInterval(sample, TICK_MS);
  return {
    seal() {
      sample();
      segmenter.seal();
    },
    stop() {
      sample();
      segmenter.seal();
      clearInterval(timer);
      for (const [type, listener] of heard) medium.removeEventListener(type, listener);
    },
  };
}
