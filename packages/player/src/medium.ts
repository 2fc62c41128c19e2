/**
 * What is read of a medium. Each `HTMLMediaElement` has it, and so have the elements of hls.js, Vidstack and video.js.
 * Positions and lengths are seconds.
 */
export interface Medium {
  currentTime: number;
  readonly duration: number;
  readonly paused: boolean;
  readonly seeking: boolean;
  readonly ended: boolean;
  /** As of `HTMLMediaElement`: 1 once the length is known, 3 when there is something to play. */
  readonly readyState: number;
  readonly playbackRate: number;
  pause(): unknown;
  addEventListener(type: string, listener: () => void): void;
  removeEventListener(type: string, listener: () => void): void;
}
