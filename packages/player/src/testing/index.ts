import type { Medium } from '../medium.js';

const TIMEUPDATE_MS = 250;

/**
 * A medium for tests, which plays nothing: its position follows `Date.now()`, and it fires the events of a media
 * element. With fake timers an hour takes no time.
 */
export class FakeMedium extends EventTarget implements Medium {
  readonly duration: number;
  readyState = 4;
  paused = true;
  seeking = false;
  loop = false;
  private rate = 1;
  private position = 0;
  private since = 0;
  private timer: ReturnType<typeof setInterval> | undefined;

  /** @param duration in seconds */
  constructor({ duration }: { duration: number }) {
    super();
    this.duration = duration;
  }

  get currentTime(): number {
    const played =
      this.paused || this.seeking ? 0 : ((Date.now() - this.since) / 1_000) * this.rate;
    return Math.min(this.position + played, this.duration);
  }

  /** Seeks: `seeking` is fired at once, `seeked` a moment later. */
  set currentTime(seconds: number) {
    this.position = Math.min(Math.max(seconds, 0), this.duration);
    this.seeking = true;
    this.fire('seeking');
    setTimeout(() => {
      this.since = Date.now();
      this.seeking = false;
      this.fire('seeked', 'timeupdate');
    });
  }

  get playbackRate(): number {
    return this.rate;
  }

  set playbackRate(rate: number) {
    this.stand();
    this.rate = rate;
    this.fire('ratechange');
  }

  get ended(): boolean {
    return this.currentTime >= this.duration && !this.loop;
  }

  async play(): Promise<void> {
    if (!this.paused) return;
    if (this.ended) this.position = 0;
    this.since = Date.now();
    this.paused = false;
    this.timer = setInterval(() => this.tick(), TIMEUPDATE_MS);
    this.fire('play', 'playing');
  }

  pause(): void {
    if (this.paused) return;
    this.stand();
    this.paused = true;
    clearInterval(this.timer);
    this.fire('pause');
  }

  private tick(): void {
    if (this.currentTime < this.duration) return this.fire('timeupdate');
    if (this.loop) {
      this.currentTime = 0;
      return;
    }
    this.pause();
    this.fire('ended');
  }

  /** Keeps the position when the medium goes on in another way. */
  private stand(): void {
    this.position = this.currentTime;
    this.since = Date.now();
  }

  private fire(...types: string[]): void {
    for (const type of types) this.dispatchEvent(new Event(type));
  }
}
