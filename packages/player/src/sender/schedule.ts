import type { Message } from '../tabs/channel.js';
import { takeTurn, type Turn } from '../tabs/locks.js';
import { Backoff } from './backoff.js';
import type { TurnEnd } from './sender.js';

/** When another tab has its turn, this one looks again so often: about every two seconds, not all at once. */
const LOOK_AGAIN_MS = 2_000;
/** A tab that has its turn and sends nothing for so long is frozen. */
const SILENCE_MS = 60_000;

/** Decides when this tab has a turn of sending. */
export class Schedule {
  private readonly backoff = new Backoff();
  private timer: ReturnType<typeof setTimeout> | undefined;
  private dueAt = Infinity;
  private notBefore = 0;
  /** Since when another tab has its turn, and nothing was heard of it. */
  private silentSince: number | undefined;
  private current: Promise<void> = Promise.resolve();
  private isStopped = false;

  constructor(
    private readonly userId: string,
    private readonly send: (turn: Turn) => Promise<TurnEnd>,
    private readonly tellWait: (waitMs: number) => void,
  ) {}

  /** A turn in so many milliseconds at the latest, unless the service asked for more. */
  within(milliseconds: number): void {
    const now = performance.now();
    const dueAt = Math.max(now + milliseconds, this.notBefore);
    if (this.isStopped || dueAt >= this.dueAt) return;
    clearTimeout(this.timer);
    this.dueAt = dueAt;
    this.timer = setTimeout(() => void this.turn(), dueAt - now);
  }

  /** The same, and nothing is waited for any more: the network is back. */
  anew(milliseconds: number): void {
    this.backoff.reset();
    this.notBefore = 0;
    this.within(milliseconds);
  }

  /** A turn now. @returns once it is over */
  now(): Promise<void> {
    this.anew(Infinity);
    return this.turn();
  }

  /** Another tab has its turn, or was told to wait. */
  heard({ waitMs }: Extract<Message, { kind: 'sending' }>): void {
    if (this.silentSince !== undefined) this.silentSince = performance.now();
    if (waitMs !== undefined) this.holdBack(waitMs);
  }

  stop(): void {
    this.isStopped = true;
    clearTimeout(this.timer);
  }

  private turn(): Promise<void> {
    clearTimeout(this.timer);
    this.dueAt = Infinity;
    // One after the other: what came during a turn is not lost to it.
    return (this.current = this.current.then(() => this.take()));
  }

  private async take(): Promise<void> {
    const steal = performance.now() - (this.silentSince ?? Infinity) > SILENCE_MS;
    let end: TurnEnd;
    const isMine = await takeTurn(this.userId, steal, async (turn) => {
      end = await this.send(turn);
    }).catch(() => true);
    if (!isMine) {
      this.silentSince ??= performance.now();
      return this.within(LOOK_AGAIN_MS * (0.5 + Math.random()));
    }
    this.silentSince = undefined;
    if (!end) return this.backoff.reset();
    const waitMs = this.backoff.wait(end.waitMs);
    this.tellWait(waitMs);
    this.holdBack(waitMs);
    this.within(waitMs);
  }

  private holdBack(waitMs: number): void {
    this.notBefore = performance.now() + waitMs;
  }
}
