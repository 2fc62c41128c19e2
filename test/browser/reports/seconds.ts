import { expect, it } from 'vitest';
import { compare } from '../harness/coverage.ts';
import type { Stage } from '../harness/stage.ts';
import { expectExact, NO_DIFFERENCES } from './finish.ts';

declare const lesson: { film: any; appendRest(): Promise<void> };

/** Runs in the page: plays a clip of which the second half comes when it is called for. */
async function playInHalves(): Promise<void> {
  const bytes = await (await fetch('/clip.webm')).arrayBuffer();
  const half = bytes.byteLength / 2;
  const media = new MediaSource();
  const happens = (target: EventTarget, type: string) =>
    new Promise((done) => target.addEventListener(type, done, { once: true }));
  lesson.film.src = URL.createObjectURL(media);
  await happens(media, 'sourceopen');
  const buffer = media.addSourceBuffer('video/webm; codecs="vp9"');
  const append = async (part: ArrayBuffer) => {
    buffer.appendBuffer(part);
    await happens(buffer, 'updateend');
  };
  await append(bytes.slice(0, half));
  lesson.appendRest = async () => {
    await append(bytes.slice(half));
    media.endOfStream();
  };
  void lesson.film.play();
  while (lesson.film.currentTime < 1) await new Promise((done) => setTimeout(done, 20));
}

/** Which seconds count. */
export function seconds(stage: () => Stage): void {
  // learningequality/kolibri#2853
  it('keeps every second of a lesson in which they jump about while it plays', async () => {
    const learner = await stage().learner();
    const tab = await learner.watch();
    await tab.playUntil(2);
    await tab.seek(30.3);
    await tab.until(32.5);
    await tab.seek(5.7);
    await tab.until(8.2);
    await expectExact(learner, tab);
  });

  // jwplayer/ott-web-app#256
  it('has not completed a lesson by seeing its beginning three times', async () => {
    const learner = await stage().learner();
    const tab = await learner.watch({ source: 'clip.webm' });
    await tab.rate(2);
    for (const _ of [1, 2, 3]) {
      await tab.seek(0);
      await tab.stopAt(5.2);
    }
    await expectExact(learner, tab, 'clip');
    const record = await learner.record('clip');
    expect(record!.watch_time_seconds).toBeGreaterThan(13);
    expect(record!.unique_seconds).toBeLessThan(8);
    expect(record!.completed).toBe(false);
  });

  // WatchLogs#40
  it('is credited nothing for a film that does not come, and all of it when it does', async () => {
    const learner = await stage().learner();
    const tab = await learner.watch({ source: `/held/${learner.id}` });
    await tab.evaluate(() => void lesson.film.play());
    await tab.passes(2_000);
    expect(await tab.pending()).toBe(0);
    learner.line.release();
    await tab.until(3);
    await expectExact(learner, tab, 'clip');
  });

  // Amplitude-TypeScript#1839
  it('is credited nothing while the film stands still and says nothing', async () => {
    const learner = await stage().learner();
    const tab = await learner.watch({ source: 'clip.webm' }, () => {
      for (const type of ['waiting', 'stalled', 'suspend', 'playing', 'canplay', 'progress']) {
        document.addEventListener(type, (event) => event.stopImmediatePropagation(), true);
      }
    });
    await tab.evaluate(playInHalves);
    await tab.standsStill(1_500);
    await tab.evaluate(() => lesson.appendRest());
    await tab.until(12);
    await expectExact(learner, tab, 'clip');
  });

  // videojs/video.js#6316
  it('is not cut short by a film that steps back a quarter of a second', async () => {
    const learner = await stage().learner();
    const tab = await learner.watch();
    await tab.showPosition('steps back');
    await tab.playUntil(5);
    await expectExact(learner, tab);
    expect(learner.line.beats.filter(({ from, to }) => to > from)).toHaveLength(1);
  });

  // muxinc/elements#368
  it('goes on counting after a jump of which the end is never told', async () => {
    const learner = await stage().learner();
    const tab = await learner.watch({}, () =>
      document.addEventListener('seeked', (event) => event.stopImmediatePropagation(), true),
    );
    await tab.playUntil(1.5);
    await tab.seek(20);
    await tab.until(22.5);
    await expectExact(learner, tab);
  });

  // openfun/marsha#410
  it('has seen the last second of a lesson, of which there is only a part', async () => {
    const learner = await stage().learner();
    const tab = await learner.watch({ source: 'clip.webm' });
    await tab.rate(2);
    await tab.seek(9);
    await tab.playUntil(13);
    await expectExact(learner, tab, 'clip');
    expect((await learner.record('clip'))!.watched.at(-1)).toEqual({ from: 9, to: 13 });
  });

  // videojs/v10#2744
  it('loses nothing in a player that tells its position every two seconds', async () => {
    const learner = await stage().learner();
    const tab = await learner.watch({ source: 'clip.webm' });
    await tab.seek(6);
    await tab.showPosition('every two seconds');
    await tab.playUntil(13);
    await expectExact(learner, tab, 'clip');
  });

  // grayjay-android#1617
  it('is believed what they played at half, at one and a half, at double, at 16 times the speed', async () => {
    const learner = await stage().learner();
    const tab = await learner.watch();
    await tab.play();
    for (const rate of [0.5, 1.5, 2, 16]) {
      await tab.rate(rate);
      await tab.until((await tab.position()) + rate * 1.6);
    }
    await tab.pause();
    await tab.delivered();
    expect(compare(learner.line.beats, await tab.seen())).toEqual(NO_DIFFERENCES);
    const clipped = learner.line.results.filter(({ result }) => result !== 'COUNTED');
    expect(clipped.map(({ reason }) => reason)).toEqual(clipped.map(() => 'FASTER_THAN_ALLOWED'));
  });
}
