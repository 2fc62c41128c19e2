import type { Source } from './listen.js';

/** What a medium says of itself at one moment. Positions and lengths are seconds. */
export interface MediumState {
  readonly currentTime: number;
  readonly duration: number;
  readonly paused: boolean;
  readonly seeking: boolean;
  readonly ended: boolean;
  /** As of `HTMLMediaElement`: 1 once the length is known, 3 when there is something to play. */
  readonly readyState: number;
  readonly playbackRate: number;
}

/** Each `HTMLMediaElement` is one, and so are those of hls.js, Vidstack and video.js. */
export interface Medium extends MediumState, Source {
  currentTime: number;
  pause(): unknown;
}
