import type { Medium } from '../medium.js';
import { imitate } from './imitation.js';

/** What is used of a `YT.Player` of the iframe API. Times are seconds. */
export interface YouTubePlayer {
  getCurrentTime(): number;
  getDuration(): number;
  getPlayerState(): number;
  getPlaybackRate(): number;
  pauseVideo(): void;
  seekTo(seconds: number, allowSeekAhead: boolean): void;
}

const LOOK_MS = 250;
/** It tells its position now and then only, so a smaller step may be none. */
const JUMP_SECONDS = 2;
const ENDED = 0;
const PLAYING = 1;

/**
 * A `YT.Player` as a medium. Its page learns the position only by asking, and of no seek: steps of more than two seconds
 * are seeks, smaller ones are not seen. What plays during an advertisement cannot be known; the position stands then.
 */
export function youtube(player: YouTubePlayer): Medium & { release(): void } {
  const medium = imitate(
    () => player.pauseVideo(),
    (seconds) => player.seekTo(seconds, true),
  );
  let lookedAt = performance.now();

  const look = () => {
    const now = performance.now();
    const elapsed = (now - lookedAt) / 1_000;
    lookedAt = now;
    const currentTime = player.getCurrentTime();
    const duration = player.getDuration();
    const state = player.getPlayerState();
    const playbackRate = player.getPlaybackRate();
    const wasKnown = medium.readyState > 0;
    const { paused: wasPaused, ended: hadEnded, playbackRate: rate } = medium;
    const moved = currentTime - medium.currentTime;
    const isSeek = moved > JUMP_SECONDS + elapsed * rate || moved < -JUMP_SECONDS;
    const paused = state !== PLAYING;
    const ended = state === ENDED;

    if (isSeek) {
      medium.become({ currentTime, seeking: true }, 'seeking');
      medium.become({ seeking: false }, 'seeked');
    }
    medium.become({
      currentTime,
      duration,
      playbackRate,
      paused,
      ended,
      readyState: duration > 0 ? 4 : 0,
    });
    if (!wasKnown && duration > 0) medium.become({}, 'loadedmetadata');
    if (rate !== playbackRate) medium.become({}, 'ratechange');
    if (wasPaused !== paused) medium.become({}, paused ? 'pause' : 'play');
    if (ended && !hadEnded) medium.become({}, 'ended');
    if (!paused) medium.become({}, 'timeupdate');
  };
  const timer = setInterval(look, LOOK_MS);
  return Object.assign(medium, { release: () => clearInterval(timer) });
}
