import type { Page } from 'playwright-core';
import type { Stretch } from './coverage.ts';

/** Runs a function in a page. Its arguments and result are JSON. */
export type Evaluate = <Result>(
  work: (...given: any[]) => Result | Promise<Result>,
  ...given: unknown[]
) => Promise<Result>;

export interface WatchOptions {
  /** `tides.webm` (300 s, the lesson's length) or `clip.webm` (12.6 s), or an address. */
  source?: string;
  /** Without sound nobody hears the test; a hidden film must be heard, else the browser pauses it. */
  muted?: boolean;
  beatSeconds?: number;
  flushSeconds?: number;
  endpoint?: string;
}

export interface Told {
  type: 'progress' | 'answer' | 'completed' | 'dropped' | 'auth' | 'durability';
  detail: any;
}

/** What `page/watch.js` puts into a page. */
declare const lesson: {
  film: any;
  told: Told[];
  refreshes: number;
  token: string;
  player: { pending(): Promise<number>; durable: boolean; resume(): Promise<number> };
  showPosition(way: string): void;
  attach(options: object): void;
  until(second: number): Promise<void>;
  stopAt(second: number): Promise<void>;
  delivered(): Promise<void>;
};
declare const witness: { stretches(): Stretch[] };

/** A tab that Playwright has opened. */
export const inPage =
  (page: Page): Evaluate =>
  (work, ...given) =>
    page.evaluate(`(${work.toString()})(...${JSON.stringify(given)})`);

/** A page in which a learner watches a film. Positions are seconds of the film. */
export class FilmTab {
  constructor(readonly evaluate: Evaluate) {}

  attach(options: object): Promise<void> {
    return this.evaluate((given) => lesson.attach(given), options);
  }

  play(): Promise<void> {
    return this.evaluate(() => lesson.film.play());
  }

  pause(): Promise<void> {
    return this.evaluate(() => lesson.film.pause());
  }

  seek(to: number): Promise<void> {
    return this.evaluate((second) => void (lesson.film.currentTime = second), to);
  }

  rate(rate: number): Promise<void> {
    return this.evaluate((value) => void (lesson.film.playbackRate = value), rate);
  }

  /** Resolves when the film has come to that second. */
  until(second: number): Promise<void> {
    return this.evaluate((value) => lesson.until(value), second);
  }

  /** Resolves when the film has not moved for so many milliseconds. */
  standsStill(milliseconds: number): Promise<void> {
    return this.evaluate(async (wanted) => {
      let last = { position: -1, at: 0 };
      while (performance.now() - last.at < wanted) {
        const position = lesson.film.currentTime;
        if (position !== last.position) last = { position, at: performance.now() };
        await new Promise((done) => setTimeout(done, 20));
      }
    }, milliseconds);
  }

  /** Resolves after so many milliseconds: where it matters that nothing happens. */
  passes(milliseconds: number): Promise<void> {
    return this.evaluate((wanted) => new Promise((done) => setTimeout(done, wanted)), milliseconds);
  }

  /** What the film tells of its position, to everybody but the witness. */
  showPosition(way: 'steps back' | 'every two seconds'): Promise<void> {
    return this.evaluate((given) => lesson.showPosition(given), way);
  }

  visibility(): Promise<string> {
    return this.evaluate(() => document.visibilityState);
  }

  /** Plays to that second and stops there, however long a message to the page takes. */
  stopAt(second: number): Promise<void> {
    return this.evaluate((value) => lesson.stopAt(value), second);
  }

  async playUntil(second: number): Promise<void> {
    await this.play();
    await this.until(second);
  }

  /** Resolves when the service has answered all beats of this device. */
  delivered(): Promise<void> {
    return this.evaluate(() => lesson.delivered());
  }

  pending(): Promise<number> {
    return this.evaluate(() => lesson.player.pending());
  }

  resume(): Promise<number> {
    return this.evaluate(() => lesson.player.resume());
  }

  durable(): Promise<boolean> {
    return this.evaluate(() => lesson.player.durable);
  }

  position(): Promise<number> {
    return this.evaluate(() => lesson.film.currentTime);
  }

  told(): Promise<Told[]> {
    return this.evaluate(() => lesson.told);
  }

  /** What was really played. */
  seen(): Promise<Stretch[]> {
    return this.evaluate(() => witness.stretches());
  }
}
