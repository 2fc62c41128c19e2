import { vi } from 'vitest';
import type { Beat as PlayerBeat } from '../../packages/player/src/beat.js';
import { createClock } from '../../packages/player/src/clock.js';
import type { Medium } from '../../packages/player/src/medium.js';
import { createRecorder } from '../../packages/player/src/recorder.js';
import { createSegmenter } from '../../packages/player/src/segments/segmenter.js';
import { watch } from '../../packages/player/src/segments/watch.js';
import { createDating } from '../../packages/player/src/sender/dating.js';
import {
  creditBeat,
  type Beat,
  type BeatOutcome,
} from '../../src/modules/user-progress/evidence/credit-beat.js';
import { anEvidence, EVIDENCE_RULES } from '../builders/evidence.ts';

const BEGAN = Date.UTC(2026, 2, 1, 12);
const TIMEUPDATE_SECONDS = 0.266;
const FLUSH_SECONDS = 30;

/** A learner in front of a medium, second by second, without waiting for any. */
export class Viewing {
  /** Stretches of media that were really played. */
  readonly runs: (readonly [from: number, to: number])[] = [];
  readonly beats: PlayerBeat[] = [];
  readonly outcomes: (BeatOutcome & { claimed: number })[] = [];
  readonly evidence;
  private seconds = 0;
  private slept = 0;
  private set = 0;
  private flushedAt = 0;
  private began = 0;
  private readonly heard = new Map<string, () => void>();
  private readonly medium: { -readonly [Name in keyof Medium]: Medium[Name] };
  private readonly clock;
  private readonly watched;
  private readonly date;

  /** @param random numbers from 0 to 1 */
  constructor(
    readonly random: () => number,
    readonly duration: number,
    private readonly rules = EVIDENCE_RULES,
  ) {
    this.seconds = random();
    this.evidence = anEvidence({ durationSeconds: Math.round(duration) });
    vi.spyOn(Date, 'now').mockImplementation(() => BEGAN + (this.seconds + this.set) * 1_000);
    vi.spyOn(performance, 'now').mockImplementation(() => (this.seconds - this.slept) * 1_000);
    this.medium = {
      currentTime: 0,
      duration,
      paused: true,
      seeking: false,
      ended: false,
      readyState: 4,
      playbackRate: 1,
      pause: () => this.pause(),
      addEventListener: (type, listener) => this.heard.set(type, listener as () => void),
      removeEventListener: () => undefined,
    };
    this.clock = createClock();
    this.date = createDating(this.clock);
    let seq = 0;
    const session = { next: () => ({ session: 'one', seq: seq++ }) };
    const queue = { put: (beats: PlayerBeat[]) => this.keep(beats) };
    const recorder = createRecorder(
      { userId: 'u', courseId: 'c', lessonId: 'l' } as never,
      session as never,
      this.clock,
      queue as never,
      () => undefined,
    );
    this.watched = watch(this.medium, this.clock, createSegmenter(30, recorder));
  }

  get position(): number {
    return this.medium.currentTime;
  }

  get isAtTheEnd(): boolean {
    return this.position >= this.duration - 1e-9;
  }

  /** Seconds that passed for the learner. */
  get elapsed(): number {
    return this.seconds;
  }

  play(): void {
    this.medium.paused = this.medium.ended = false;
    this.began = this.position;
    this.fire('playing');
  }

  pause(): void {
    this.close();
    this.medium.paused = true;
    this.fire('pause');
  }

  /** Plays on for so many seconds, or to the end. */
  watch(seconds: number): void {
    const { playbackRate: rate } = this.medium;
    const until = this.seconds + Math.min(seconds, (this.duration - this.position) / rate);
    while (this.seconds < until) {
      const step = Math.min(TIMEUPDATE_SECONDS + (this.random() - 0.5) / 100, until - this.seconds);
      this.seconds += step;
      this.medium.currentTime += step * rate;
      if (this.seconds < until) this.fire('timeupdate');
      if (this.seconds - this.flushedAt > FLUSH_SECONDS) this.flush();
    }
  }

  end(): void {
    this.close();
    this.medium.currentTime = this.duration;
    this.medium.ended = true;
    this.fire('timeupdate');
    this.medium.paused = true;
    this.fire('pause');
    this.fire('ended');
  }

  /** As a loop does it too: `ended` is not fired. */
  seek(position: number): void {
    this.close();
    this.medium.seeking = true;
    this.medium.currentTime = this.began = position;
    this.fire('seeking');
    this.wait(0.005 + this.random() * 0.03);
    this.medium.seeking = false;
    this.fire('seeked');
  }

  rate(rate: number): void {
    this.close();
    this.medium.playbackRate = rate;
    this.fire('ratechange');
  }

  /** Time passes, and the medium stands. The page looks at it now and then. */
  wait(seconds: number): void {
    const until = this.seconds + seconds;
    while (this.seconds < until) {
      this.seconds = Math.min(this.seconds + 1, until);
      if (!this.medium.seeking) this.fire('timeupdate');
    }
  }

  setClock(seconds: number): void {
    this.set += seconds;
  }

  sleep(seconds: number): void {
    this.seconds += seconds;
    this.slept += seconds;
    this.fire('timeupdate');
  }

  finish(): void {
    this.close();
    this.watched.stop();
    this.flush();
  }

  private fire(type: string): void {
    this.heard.get(type)?.();
  }

  private close(): void {
    if (this.medium.paused) return;
    if (this.position > this.began) this.runs.push([this.began, this.position]);
    this.began = this.position;
  }

  private keep(beats: readonly PlayerBeat[]): Promise<void> {
    for (const beat of beats) if (!beat.open) this.beats.push(beat);
    return Promise.resolve();
  }

  /** Sends what is sealed. The answer says what the service's clock says, which is the true one. */
  private flush(): void {
    this.flushedAt = this.seconds;
    const now = new Date(BEGAN + this.seconds * 1_000);
    this.clock.learn(now.toUTCString(), 1_000, this.clock.running() - 20);
    for (const { seq, from, to, rate, sentAt } of this.date(this.beats)) {
      const beat: Beat = { seq, from, to, rate, at: new Date(sentAt!) };
      const outcome = creditBeat(beat, { ...this.evidence, now }, this.rules);
      this.outcomes.push({ ...outcome, claimed: to - from });
    }
    this.clock.learn(now.toISOString(), 1, this.clock.running() - 20);
  }
}
